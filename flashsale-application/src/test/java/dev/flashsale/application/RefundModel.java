package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Logged;
import dev.flashsale.application.ModelRows.Received;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What becomes of money that goes back, and which must. */
final class RefundModel {

    private final ModelRows rows;

    RefundModel(ModelRows rows) {
        this.rows = rows;
    }

    /** Nothing if there is no success that it could be of. */
    Optional<RecordedPayment> refunded(Payment refund) {
        List<Received> successes = successes(refund);
        return successes.isEmpty() ? Optional.empty() : Optional.of(refunded(refund, successes));
    }

    private RecordedPayment refunded(Payment refund, List<Received> successes) {
        Order order = rows.orders.get(refund.orderId());
        List<Received> fitting = successes.stream()
                .filter(row -> {
                    Payment paid = completed(row.payment().payment());
                    return PaymentModel.agree(refund, paid.amount(), paid.currency());
                })
                .toList();
        Optional<Received> owed = fitting.stream().filter(Received::toGiveBack).findFirst();
        if (owed.isPresent()) {
            giveBack(owed.get());
            return new RecordedPayment(refund, PaymentEffect.APPLIED, order == null ? null : order.status());
        }
        if (order != null
                && order.status() == OrderStatus.PAID
                && fitting.stream().anyMatch(row -> row.payment().effect() == PaymentEffect.APPLIED)) {
            OrderStatus status = refund.restock() ? OrderStatus.RETURNED : OrderStatus.REFUNDED;
            rows.orders.put(order.id(), order.with(status));
            return new RecordedPayment(refund, PaymentEffect.APPLIED, status);
        }
        return new RecordedPayment(refund, PaymentEffect.IGNORED, order == null ? null : order.status());
    }

    /** In the order in which they came. */
    private List<Received> successes(Payment refund) {
        return rows.payments.values().stream()
                .filter(row -> {
                    Payment paid = row.payment().payment();
                    return paid.orderId().equals(refund.orderId())
                            && paid.status() == PaymentStatus.SUCCESS
                            && row.payment().effect() != PaymentEffect.KEPT
                            && (refund.refundOf() == null || refund.refundOf().equals(paid.transactionId()));
                })
                .toList();
    }

    RefundOutcome markDone(TransactionId id) {
        Received row = rows.payments.get(ReportId.ofSuccess(id));
        if (row == null) {
            return new RefundOutcome.UnknownPayment(id);
        }
        if (row.toGiveBack()) {
            giveBack(row);
            rows.log.add(new Logged(
                    rows.now,
                    Command.OPERATOR,
                    Action.REFUND_DONE,
                    row.payment().payment().orderId().value()));
            return new RefundOutcome.Done(row.payment());
        }
        return row.payment().effect() == PaymentEffect.REFUND_REQUIRED
                ? new RefundOutcome.AlreadyDone(row.payment())
                : new RefundOutcome.NotRequired(row.payment());
    }

    private void giveBack(Received row) {
        rows.payments.put(row.payment().payment().id(), new Received(row.payment(), row.at(), false));
    }

    /** What must be given back, without its numbers. */
    List<Refund> list() {
        return rows.payments.values().stream()
                .filter(Received::toGiveBack)
                .map(row -> new Refund(0, completed(row.payment().payment()), why(row.payment()), row.at()))
                .toList();
    }

    private RefundReason why(RecordedPayment recorded) {
        OrderStatus found = recorded.orderStatus();
        if (found == null) {
            return RefundReason.NO_ORDER;
        }
        Order order = Objects.requireNonNull(rows.orders.get(recorded.payment().orderId()));
        if (!PaymentModel.isOf(recorded.payment(), order)) {
            return RefundReason.OTHER_ORDER;
        }
        if (!PaymentModel.agree(
                recorded.payment(), order.amount().amount(), order.amount().currency())) {
            return RefundReason.AMOUNT_DIFFERS;
        }
        return switch (found) {
            case PAID, REFUNDED, RETURNED -> RefundReason.ALREADY_PAID;
            case FAILED, EXPIRED -> RefundReason.SOLD_OUT;
            case CANCELLED -> RefundReason.ORDER_CANCELLED;
            case PENDING -> throw new AssertionError("would have been paid: " + recorded);
        };
    }

    /** With the amount that was owed where none was named. */
    private Payment completed(Payment payment) {
        Order order = rows.orders.get(payment.orderId());
        if (order == null) {
            return payment;
        }
        Currency owed = order.amount().currency();
        Currency currency = payment.currency() == null ? owed : payment.currency();
        BigDecimal amount = payment.amount() == null && currency.equals(owed)
                ? order.amount().amount()
                : payment.amount();
        return new Payment(
                payment.transactionId(),
                payment.orderId(),
                payment.reference(),
                payment.status(),
                amount,
                currency,
                null,
                false);
    }
}
