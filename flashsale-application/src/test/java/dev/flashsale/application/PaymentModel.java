package dev.flashsale.application;

import dev.flashsale.application.ModelRows.Conflict;
import dev.flashsale.application.ModelRows.Received;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
        Received known = rows.payments.get(report.id());
        if (known != null) {
            if (known.payment().payment().equals(report)) {
                return new PaymentOutcome.AlreadyRecorded(known.payment());
            }
            list(report, known.payment().payment().orderId());
            return new PaymentOutcome.Conflict(known.payment(), report);
        }
        PaymentOutcome fresh = switch (report.status()) {
            case REFUNDED -> refunds.refunded(report);
            case SUCCESS, FAILED, DECLINED, PROCESSING -> new PaymentOutcome.Recorded(settledOrKept(report));
        };
        if (fresh instanceof PaymentOutcome.Recorded recorded) {
            rows.payments.put(report.id(), received(recorded.payment(), rows.now));
        }
        return fresh;
    }

    private void list(Payment report, OrderId known) {
        if (rows.conflicts.stream()
                .noneMatch(listed -> withoutRefund(listed.report()).equals(withoutRefund(report))
                        && listed.known().equals(known))) {
            rows.conflicts.add(new Conflict(report, known, rows.now, true));
        }
    }

    /** What a refund says beside that is not listed. */
    private static Payment withoutRefund(Payment report) {
        return new Payment(
                report.transactionId(),
                report.orderId(),
                report.reference(),
                report.status(),
                report.amount(),
                report.currency(),
                null,
                false,
                List.of());
    }

    boolean resolve(int number) {
        if (number > rows.conflicts.size() || !rows.conflicts.get(number - 1).open()) {
            return false;
        }
        Conflict listed = rows.conflicts.get(number - 1);
        rows.conflicts.set(number - 1, new Conflict(listed.report(), listed.known(), listed.at(), false));
        rows.log.add(new ModelRows.Logged(rows.now, Command.OPERATOR, Action.CONFLICT_RESOLVED, number));
        return true;
    }

    private RecordedPayment settledOrKept(Payment payment) {
        return rows.orders.containsKey(payment.orderId())
                ? settled(payment, rows.payments.containsKey(ReportId.ofSuccess(payment.transactionId())))
                : new RecordedPayment(payment, PaymentEffect.KEPT, null);
    }

    /** @param succeeded whether its transaction has */
    private RecordedPayment settled(Payment payment, boolean succeeded) {
        Order order = Objects.requireNonNull(rows.orders.get(payment.orderId()));
        boolean success = payment.status() == PaymentStatus.SUCCESS;
        boolean canBeUsed = isOf(payment, order)
                && agree(payment, order.amount().amount(), order.amount().currency())
                && payment.status() != PaymentStatus.PROCESSING
                && switch (order.status()) {
                    case PENDING -> success || !succeeded;
                    case FAILED, EXPIRED -> success && canBeHadAgain(order);
                    case PAID, REFUNDED, RETURNED, CANCELLED -> false;
                };
        if (!canBeUsed) {
            boolean nothingTaken = order.amount().amount().signum() == 0
                    && isOf(payment, order)
                    && agree(payment, order.amount().amount(), order.amount().currency())
                    && !order.status().mayBePaidLate();
            return new RecordedPayment(
                    payment, nothingTaken ? PaymentEffect.IGNORED : unusedEffect(payment), order.status());
        }
        OrderStatus status = switch (payment.status()) {
            case SUCCESS -> OrderStatus.PAID;
            case FAILED -> OrderStatus.FAILED;
            case DECLINED -> OrderStatus.PENDING;
            case PROCESSING, REFUNDED -> throw new AssertionError("nothing is done with it: " + payment);
        };
        rows.orders.put(order.id(), order.with(status));
        Instant retry = rows.now.plus(Command.RETRY_GRACE);
        if (payment.status() == PaymentStatus.DECLINED && retry.isBefore(order.paymentDeadline())) {
            rows.orders.put(order.id(), order.withPaymentDeadline(retry));
        }
        return new RecordedPayment(payment, PaymentEffect.APPLIED, status);
    }

    static boolean isOf(Payment payment, Order order) {
        return payment.reference() == null || payment.reference().equals(order.holdId());
    }

    /** Whether it is paid now; else nothing has happened. */
    boolean acceptByHand(TransactionId id, Order order) {
        RecordedPayment accepted = settled(
                new Payment(
                        id,
                        order.id(),
                        PaymentStatus.SUCCESS,
                        order.amount().amount(),
                        order.amount().currency()),
                false);
        if (accepted.effect() != PaymentEffect.APPLIED) {
            return false;
        }
        rows.payments.put(ReportId.ofSuccess(id), received(accepted, rows.now));
        return true;
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
        Set<TransactionId> succeeded = new HashSet<>();
        rows.payments.replaceAll((report, row) -> {
            Payment payment = row.payment().payment();
            if (!isKept(row) || !payment.orderId().equals(id)) {
                return row;
            }
            Received settled = received(settled(payment, succeeded.contains(report.transactionId())), row.at());
            if (report.status() == PaymentStatus.SUCCESS) {
                succeeded.add(report.transactionId());
            }
            return settled;
        });
    }

    /** Orders that have not come by now are not waited for. */
    void expireKept() {
        rows.payments.replaceAll((report, row) -> {
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
