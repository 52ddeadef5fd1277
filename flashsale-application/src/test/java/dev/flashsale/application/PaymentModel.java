package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Received;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What gateways' reports do. */
final class PaymentModel {

    private final ModelRows rows;
    private final RefundModel refunds;

    PaymentModel(ModelRows rows, RefundModel refunds) {
        this.rows = rows;
        this.refunds = refunds;
    }

    PaymentOutcome report(Payment report) {
        Received known = rows.payments.get(report.transactionId());
        if (known != null) {
            return known.payment().payment().equals(report)
                    ? new PaymentOutcome.AlreadyRecorded(known.payment())
                    : new PaymentOutcome.Conflict(known.payment());
        }
        Optional<RecordedPayment> fresh = switch (report.status()) {
            case REFUNDED -> refunds.refunded(report);
            case SUCCESS, FAILED -> Optional.of(settledOrKept(report));
        };
        if (fresh.isEmpty()) {
            return new PaymentOutcome.NothingToRefund(report);
        }
        rows.payments.put(report.transactionId(), received(fresh.get(), rows.now));
        return new PaymentOutcome.Recorded(fresh.get());
    }

    private RecordedPayment settledOrKept(Payment payment) {
        return rows.orders.containsKey(payment.orderId())
                ? settled(payment)
                : new RecordedPayment(payment, PaymentEffect.KEPT, null);
    }

    private RecordedPayment settled(Payment payment) {
        Order order = Objects.requireNonNull(rows.orders.get(payment.orderId()));
        boolean success = payment.status() == PaymentStatus.SUCCESS;
        boolean canBeUsed =
                agree(payment, order.amount().amount(), order.amount().currency())
                        && switch (order.status()) {
                            case PENDING -> true;
                            case FAILED, EXPIRED -> success && canBeHadAgain(order);
                            case PAID, REFUNDED, RETURNED, CANCELLED -> false;
                        };
        if (!canBeUsed) {
            boolean nothingTaken = order.amount().amount().signum() == 0
                    && agree(payment, order.amount().amount(), order.amount().currency())
                    && !order.status().mayBePaidLate();
            return new RecordedPayment(
                    payment, nothingTaken ? PaymentEffect.IGNORED : unusedEffect(payment), order.status());
        }
        OrderStatus status = success ? OrderStatus.PAID : OrderStatus.FAILED;
        rows.orders.put(order.id(), order.with(status));
        return new RecordedPayment(payment, PaymentEffect.APPLIED, status);
    }

    /** All that is not there any more. */
    private boolean canBeHadAgain(Order order) {
        return order.lines().items().stream()
                .allMatch(line -> order.keeps().contains(line.productId())
                        || line.quantity().value() <= rows.available(line.productId()));
    }

    private static PaymentEffect unusedEffect(Payment payment) {
        return payment.status() == PaymentStatus.SUCCESS ? PaymentEffect.REFUND_REQUIRED : PaymentEffect.IGNORED;
    }

    /** Its order is made. */
    void settleKept(OrderId id) {
        rows.payments.replaceAll((transactionId, row) -> {
            Payment payment = row.payment().payment();
            return isKept(row) && payment.orderId().equals(id) ? received(settled(payment), row.at()) : row;
        });
    }

    /** Orders that have not come by now are not waited for. */
    void expireKept() {
        rows.payments.replaceAll((transactionId, row) -> {
            Payment payment = row.payment().payment();
            return isKept(row) && rows.isOver(keptUntil(row))
                    ? received(new RecordedPayment(payment, unusedEffect(payment), null), row.at())
                    : row;
        });
    }

    private static Received received(RecordedPayment payment, Instant at) {
        return new Received(payment, at, payment.effect() == PaymentEffect.REFUND_REQUIRED);
    }

    /** When an order is not waited for any more. */
    Stream<Instant> moments() {
        return rows.payments.values().stream().filter(PaymentModel::isKept).map(PaymentModel::keptUntil);
    }

    private static boolean isKept(Received row) {
        return row.payment().effect() == PaymentEffect.KEPT;
    }

    private static Instant keptUntil(Received row) {
        return row.at().plus(Command.PAYMENT_KEEP);
    }

    /** Whether it is that money, as far as both say. */
    static boolean agree(Payment payment, @Nullable BigDecimal amount, @Nullable Currency currency) {
        return (payment.amount() == null || amount == null || payment.amount().compareTo(amount) == 0)
                && (payment.currency() == null
                        || currency == null
                        || payment.currency().equals(currency));
    }
}
