package dev.flashsale.application.payment;

import dev.flashsale.application.Payments;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import java.util.List;
import java.util.Optional;
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
    public Optional<OrderId> orderOf(HoldId reference) {
        return transactions.run(tx -> {
            Order order = tx.orders().findByHold(Set.of(reference)).rows().get(reference);
            if (order == null) {
                tx.seeEverything();
                return Optional.empty();
            }
            return Optional.of(order.id());
        });
    }

    @Override
    public void listConflict(ConflictingReport report) {
        transactions.run(tx -> {
            tx.payments().listConflicts(List.of(report));
            return report;
        });
    }
}
