package dev.flashsale.application.operator;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentPolicy;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What operators decide about payments that are late, or that no gateway reports. */
record OrdersByHand(OperatorUseCases.Shared shared, Cause cause) {

    DeadlineOutcome extend(OrderId id, Instant deadline) {
        return shared.transactions().run(tx -> {
            AsOf<OrderId, Order> locked = tx.orders().lock(Set.of(id));
            Order order = locked.rows().get(id);
            if (order == null) {
                tx.seeEverything();
                return new DeadlineOutcome.UnknownOrder(id);
            }
            DeadlineOutcome outcome =
                    DeadlineOutcome.decide(order, deadline, shared.maxPaymentDeadline(), locked.now());
            if (outcome instanceof DeadlineOutcome.Extended extended
                    && !extended.order().equals(order)) {
                tx.orders().saveDeadline(extended.order());
                log(
                        tx,
                        Action.ORDER_EXTENDED,
                        id,
                        "payment deadline: " + order.paymentDeadline() + " → "
                                + extended.order().paymentDeadline(),
                        locked.now());
            }
            return outcome;
        });
    }

    /** The order is locked before its payments, as for a refund. */
    AcceptOutcome accept(OrderId id) {
        return shared.transactions().run(tx -> {
            AsOf<OrderId, Order> locked = tx.orders().lock(Set.of(id));
            Order order = locked.rows().get(id);
            if (order == null) {
                tx.seeEverything();
                return new AcceptOutcome.UnknownOrder(id);
            }
            Optional<AcceptOutcome> beforehand = AcceptOutcome.beforehand(order, isByHand(tx, order));
            return beforehand.isPresent() ? beforehand.get() : settle(tx, order, locked.now());
        });
    }

    /** Nobody is kept from reporting a payment of an order that is not paid. */
    private static boolean isByHand(Transaction tx, Order order) {
        return order.status() == OrderStatus.PAID
                && tx.payments()
                        .lock(Set.of(TransactionId.byHand(order.id())))
                        .containsKey(ReportId.ofSuccess(TransactionId.byHand(order.id())));
    }

    private AcceptOutcome settle(Transaction tx, Order order, Instant now) {
        PaymentPolicy.Decision decision =
                shared.settlement().settle(tx, List.of(Payment.byHand(order)), Set.of(), Map.of(order.id(), order));
        RecordedPayment payment = decision.payments().getFirst();
        AcceptOutcome outcome = AcceptOutcome.of(
                payment.effect(), Objects.requireNonNull(decision.orders().get(order.id())));
        if (outcome instanceof AcceptOutcome.Accepted accepted) {
            tx.payments().insert(List.of(payment));
            log(
                    tx,
                    Action.ORDER_ACCEPTED,
                    order.id(),
                    "status: " + order.statusAt(now).name().toLowerCase(Locale.ROOT) + " → paid; " + order.amount()
                            + " as transaction " + payment.payment().transactionId(),
                    now);
            tx.afterCommit(() -> shared.notifications().tell(listener -> listener.orderAccepted(accepted.order())));
        }
        return outcome;
    }

    private void log(Transaction tx, Action action, OrderId id, String change, Instant now) {
        tx.operatorLog().add(new LogEntry(now, cause, action, id.value(), change));
    }
}
