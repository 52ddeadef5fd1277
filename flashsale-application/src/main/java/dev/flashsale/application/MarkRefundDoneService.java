package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;

final class MarkRefundDoneService implements MarkRefundDone {

    private final Transactions transactions;

    MarkRefundDoneService(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public RefundOutcome mark(TransactionId paymentId) {
        return transactions.run(tx -> decide(tx, paymentId));
    }

    private static RefundOutcome decide(Transaction tx, TransactionId id) {
        RecordedPayment known = tx.payments().lock(Set.of(id)).get(id);
        Set<TransactionId> open = tx.payments().openRefunds(known == null ? Set.of() : Set.of(id));
        RefundOutcome outcome = RefundPolicy.markDone(id, known, open.contains(id));
        if (outcome instanceof RefundOutcome.Done) {
            tx.payments().refundDone(Set.of(id));
        }
        return outcome;
    }
}
