using System.Net.Http.Json;

namespace Jector.Support;

/// <summary>Questions of customers: taken here, answered in the ticket system.</summary>
public sealed class Tickets(HttpClient deskly, HttpClient lattice, ICustomers customers)
{
    // policylint: flow ticket from customer to here "Help form" {
    //   data     identity.name, contact.email, communication.support_request
    //   purpose  service.support
    //   via      web_form.contact
    // }
    public async Task Open(TicketForm form)
    {
        var customer = await customers.FindOrAdd(form.Name, form.Email);
        await Forward(customer, form.Text);
    }

    // policylint: flow ticket_desk from here to tickets "Ticket" {
    //   data     identity.name, contact.email, communication.support_request
    //   purpose  service.support
    // }
    private Task Forward(Customer customer, string text) =>
        deskly.PostAsJsonAsync("/tickets", new { customer.Name, customer.Email, text });

    // What Lattice gives us for the addresses is in a contract that this team has not seen.
    //
    // policylint: flow upgrade_leads from here to lattice "Customers who ask about bigger plans" {
    //   data     identity.name, contact.email
    //   purpose  marketing.direct
    //   when     not_opted_out
    // }
    public async Task SendUpgradeLeads()
    {
        await foreach (var customer in customers.AskedAbout("enterprise", withoutOptOut: true))
            await lattice.PostAsJsonAsync("/leads", new { customer.Name, customer.Email });
    }
}
