package com.getjenny.billing;

import java.time.LocalDate;

/** Writes invoices and hands them to the accounting office. */
public final class InvoiceService {
    private final Orders orders;
    private final AccountingExport export;

    public InvoiceService(Orders orders, AccountingExport export) {
        this.orders = orders;
        this.export = export;
    }

    // policylint: flow order from customer to here "Order" {
    //   data     financial.purchase_history, financial.billing, contact.address, contact.email
    //   purpose  service.payment.billing, contract.perform
    //   subject  customer in FI, customer in SE, customer in DE
    //   basis    contract
    //   via      web_form
    // }
    public Invoice invoice(Order order, LocalDate today) {
        Invoice invoice = Invoice.of(orders.add(order), today);
        export.add(invoice);
        return invoice;
    }

    // policylint: flow bookkeeping from here to tilitoimisto "Invoices for the books" {
    //   data     financial.purchase_history, financial.billing
    //   purpose  business.accounting
    //   basis    legal_obligation
    //   via      file_transfer
    //   keep     until legal_need_ended
    // }
    public void closeMonth(LocalDate month) {
        export.sendAll(month);
    }
}
