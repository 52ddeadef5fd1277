package dev.flashsale.application.payment;

import dev.flashsale.application.Payments;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;

public final class PaymentUseCases implements Payments {

    private final Pipeline<Payment, PaymentOutcome> payments;
    private final Pipeline<Payment, PaymentOutcome> refunds;
    private final Transactions transactions;

    public PaymentUseCases(
            Pipeline<Payment, PaymentOutcome> payments,
            Pipeline<Payment, PaymentOutcome> refunds,
            Transactions transactions) {
        this.payments = payments;
        this.refunds = refunds;
        this.transactions = transactions;
    }

    @Override
    public PaymentOutcome record(Payment payment) {
        return (payment.status() == PaymentStatus.REFUNDED ? refunds : payments).ask(payment);
    }

    @Override
    public RefundOutcome refundDone(TransactionId payment) {
        return transactions.run(tx -> refundDone(tx, payment));
    }

    private static RefundOutcome refundDone(Transaction tx, TransactionId id) {
        RecordedPayment known = tx.payments().lock(Set.of(id)).get(id);
        if (known == null) {
            tx.seeEverything();
        }
        Set<TransactionId> open = tx.payments().openRefunds(known == null ? Set.of() : Set.of(id));
        RefundOutcome outcome = RefundPolicy.markDone(id, known, open.contains(id));
        if (outcome instanceof RefundOutcome.Done) {
            tx.payments().refundDone(Set.of(id));
        }
        return outcome;
    }
}
