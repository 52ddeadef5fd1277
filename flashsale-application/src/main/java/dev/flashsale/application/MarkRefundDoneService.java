package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.TransactionId;
import java.util.Set;

final class MarkRefundDoneService implements MarkRefundDone {

    private final Ports ports;

    MarkRefundDoneService(Ports ports) {
        this.ports = ports;
    }

    @Override
    public RefundOutcome mark(TransactionId paymentId) {
        return ports.transactions().run(attempt -> decide(paymentId));
    }

    private RefundOutcome decide(TransactionId id) {
        RecordedPayment known = ports.payments().lock(Set.of(id)).get(id);
        Set<TransactionId> open = ports.payments().openRefunds(known == null ? Set.of() : Set.of(id));
        RefundOutcome outcome = RefundPolicy.markDone(id, known, open.contains(id));
        if (outcome instanceof RefundOutcome.Done) {
            ports.payments().refundDone(Set.of(id));
        }
        return outcome;
    }
}
