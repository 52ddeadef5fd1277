package dev.flashsale.application.payment;

import dev.flashsale.application.Payments;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;

public final class PaymentUseCases implements Payments {

    private final Pipeline<Payment, PaymentOutcome> payments;
    private final Pipeline<Payment, PaymentOutcome> refunds;

    public PaymentUseCases(Pipeline<Payment, PaymentOutcome> payments, Pipeline<Payment, PaymentOutcome> refunds) {
        this.payments = payments;
        this.refunds = refunds;
    }

    @Override
    public PaymentOutcome record(Payment payment) {
        return (payment.status() == PaymentStatus.REFUNDED ? refunds : payments).ask(payment);
    }
}
