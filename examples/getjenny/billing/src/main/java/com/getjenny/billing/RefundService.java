package com.getjenny.billing;

import java.time.Duration;

/** Pays money back to customers who cancel within the first month. */
public final class RefundService {
    private static final Duration KEPT_AFTER_PAYMENT = Duration.ofDays(30);

    private final Bank bank;
    private final RefundTable refunds;

    public RefundService(Bank bank, RefundTable refunds) {
        this.bank = bank;
        this.refunds = refunds;
    }

    // The one case in which an account number may be stored, so it is deleted soon after.
    //
    // policylint: flow refund from customer to here "Account to pay back to" {
    //   data     financial.bank_account, identity.name
    //   purpose  service.payment.refund
    //   subject  customer in FI, customer in SE, customer in DE
    //   basis    contract
    //   when     reimbursement_needed
    //   keep     30 days after purpose_fulfilled
    // }
    public void refund(Order order, String iban, String holder) {
        Payment payment = bank.transfer(iban, holder, order.total());
        refunds.store(order, iban, payment.bookedAt().plus(KEPT_AFTER_PAYMENT));
    }
}
