using System.Net.Http.Json;

namespace Jector.Support;

/// <summary>Bills and refunds, as agents see them.</summary>
public sealed class Refunds(HttpClient paylane, IDatabase database)
{
    // policylint: flow bills from cards to here "Bills and payments of a customer" {
    //   data     financial.billing, financial.transaction
    //   purpose  service.payment.billing
    // }
    public Task<Bill[]?> BillsOf(string customer) =>
        paylane.GetFromJsonAsync<Bill[]>($"/customers/{customer}/bills");

    // Spares agents the second look-up when a customer calls again, and so leaves a copy with us.
    //
    // policylint: flow refund_account from cards to here "Bank account for the refund" {
    //   data     financial.bank_account
    //   purpose  service.payment.refund
    // }
    public async Task<string> AccountFor(string customer)
    {
        var account = await paylane.GetFromJsonAsync<BankAccount>($"/customers/{customer}/account")
            ?? throw new InvalidOperationException("no account on file");
        await database.Execute(
            "update refunds set iban = @iban where customer = @customer",
            new { account.Iban, customer });
        return account.Iban;
    }
}
