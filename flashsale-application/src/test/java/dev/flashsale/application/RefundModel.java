package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Logged;
import dev.flashsale.application.ModelRows.Received;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of money that goes back, and which must. */
final class RefundModel {

    private final ModelRows rows;

    RefundModel(ModelRows rows) {
        this.rows = rows;
    }

    PaymentOutcome refunded(Payment refund) {
        List<Received> successes = successes(refund);
        if (successes.isEmpty()) {
            return new PaymentOutcome.NothingToRefund(refund);
        }
        Order order = rows.orders.get(refund.orderId());
        for (Item some : refund.pieces()) {
            int left = order == null ? 0 : left(order, some.productId());
            if (some.quantity().value() > left) {
                return new PaymentOutcome.NoSuchPieces(refund, some.productId(), left);
            }
        }
        return new PaymentOutcome.Recorded(refunded(refund, order, successes));
    }

    private int left(Order order, ProductId id) {
        return ModelRows.keepsPieces(order)
                ? ModelRows.pieces(id, order.lines())
                        - rows.returned(order.id()).getOrDefault(id, 0)
                : 0;
    }

    private RecordedPayment refunded(Payment refund, @Nullable Order order, List<Received> successes) {
        List<Received> some = Stream.concat(
                        successes.stream()
                                .filter(row ->
                                        row.toGiveBack() && refund.pieces().isEmpty()),
                        successes.stream()
                                .filter(row -> row.payment().effect() == PaymentEffect.APPLIED
                                        && order != null
                                        && order.status() == OrderStatus.PAID))
                .filter(row -> PaymentModel.agree(
                        refund, null, completed(row.payment().payment()).currency()))
                .toList();
        Optional<Received> of = some.stream()
                .filter(row -> isAll(refund, row))
                .findFirst()
                .or(() -> some.stream().filter(row -> isPart(refund, row)).findFirst());
        if (of.isEmpty()) {
            return new RecordedPayment(refund, PaymentEffect.IGNORED, order == null ? null : order.status());
        }
        Received row = of.get();
        BigDecimal amount = refund.amount() == null ? rest(row) : refund.amount();
        TransactionId id = row.payment().payment().transactionId();
        GivenBack givesBack = amount == null ? null : new GivenBack(id, amount);
        boolean all = isAll(refund, row);
        if (row.toGiveBack()) {
            if (all) {
                giveBack(row);
            }
            return new RecordedPayment(refund, PaymentEffect.APPLIED, order == null ? null : order.status(), givesBack);
        }
        Order paid = Objects.requireNonNull(order);
        Map<ProductId, Integer> back = new HashMap<>(rows.returned(paid.id()));
        for (ProductId product : paid.lines().products()) {
            if (refund.restock() && refund.pieces().isEmpty() && all) {
                back.put(product, ModelRows.pieces(product, paid.lines()));
            }
        }
        if (refund.restock()) {
            refund.pieces()
                    .forEach(
                            item -> back.merge(item.productId(), item.quantity().value(), Integer::sum));
        }
        rows.returned.put(paid.id(), back);
        boolean allBack = paid.lines().products().stream().allMatch(product -> left(paid, product) == 0);
        OrderStatus status = !all ? OrderStatus.PAID : allBack ? OrderStatus.RETURNED : OrderStatus.REFUNDED;
        rows.orders.put(paid.id(), paid.with(status));
        return new RecordedPayment(refund, PaymentEffect.APPLIED, status, givesBack);
    }

    private boolean isAll(Payment refund, Received row) {
        BigDecimal rest = rest(row);
        return refund.amount() == null || rest == null || refund.amount().compareTo(rest) == 0;
    }

    private boolean isPart(Payment refund, Received row) {
        BigDecimal rest = rest(row);
        return refund.amount() != null && rest != null && refund.amount().compareTo(rest) < 0;
    }

    /** What has not been given back of a success. */
    private @Nullable BigDecimal rest(Received success) {
        Payment paid = completed(success.payment().payment());
        BigDecimal rest = paid.amount();
        for (Received row : rows.payments.values()) {
            GivenBack back = row.payment().givesBack();
            if (rest != null
                    && back != null
                    && back.payment().equals(paid.transactionId())
                    && row.payment().payment().orderId().equals(paid.orderId())) {
                rest = rest.subtract(back.amount());
            }
        }
        return rest;
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
            recordDone(row);
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

    /** As a refund of all that is left of it. */
    private void recordDone(Received row) {
        Payment paid = completed(row.payment().payment());
        BigDecimal rest = rest(row);
        TransactionId id = paid.transactionId();
        Order order = rows.orders.get(paid.orderId());
        Payment refund = new Payment(
                new TransactionId(
                        "refund-done-" + UUID.nameUUIDFromBytes(id.value().getBytes(StandardCharsets.UTF_8))),
                paid.orderId(),
                PaymentStatus.REFUNDED,
                rest,
                paid.currency(),
                id,
                false);
        rows.payments.put(
                refund.id(),
                new Received(
                        new RecordedPayment(
                                refund,
                                PaymentEffect.APPLIED,
                                order == null ? null : order.status(),
                                rest == null ? null : new GivenBack(id, rest)),
                        rows.now,
                        false));
    }

    private void giveBack(Received row) {
        rows.payments.put(row.payment().payment().id(), new Received(row.payment(), row.at(), false));
    }

    /** What must be given back, without its numbers. */
    List<Refund> list() {
        return rows.payments.values().stream()
                .filter(Received::toGiveBack)
                .map(row -> new Refund(0, completed(row.payment().payment()), rest(row), why(row.payment()), row.at()))
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
                false,
                List.of());
    }
}
