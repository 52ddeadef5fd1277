package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what it does that money was given back.
 *
 * <p>A refund is of one success of its order: the one that it names, else the first that it fits. Money that must be given
 * back comes before the money that paid the order, so that a refund that names nothing does not undo a sale. A refund of
 * part of a payment fits none.
 */
public final class RefundPolicy {

    private RefundPolicy() {}

    /** What the refund that a gateway reports does, in the order of precedence. */
    public sealed interface Decision {

        /** No success is known that it could be of: the report came before the payment's, or is a mistake. */
        record NothingToRefund() implements Decision {}

        /** Money that had to be given back was. The order is what it was. */
        record Done(TransactionId payment) implements Decision {}

        /** What paid the order was given back, and the order is this now. */
        record OrderRefunded(Order order) implements Decision {}

        /** It is of a payment that was given back before, or of part of one. */
        record Ignored() implements Decision {}
    }

    /**
     * Decides on locked rows.
     *
     * @param order the refund's, if it exists
     * @param payments all of that order, in the order in which they came
     * @param open those of them whose money must still be given back
     */
    public static Decision decide(
            Payment refund, @Nullable Order order, List<RecordedPayment> payments, Set<TransactionId> open) {
        List<RecordedPayment> candidates =
                payments.stream().filter(paid -> mayBeOf(refund, paid)).toList();
        if (candidates.isEmpty()) {
            return new Decision.NothingToRefund();
        }
        List<RecordedPayment> fitting =
                candidates.stream().filter(paid -> fits(refund, paid, order)).toList();
        for (RecordedPayment paid : fitting) {
            if (open.contains(paid.payment().transactionId())) {
                return new Decision.Done(paid.payment().transactionId());
            }
        }
        Predicate<RecordedPayment> applied = paid -> paid.effect() == PaymentEffect.APPLIED;
        return order != null
                        && order.status() == OrderStatus.PAID
                        && fitting.stream().anyMatch(applied)
                ? new Decision.OrderRefunded(order.with(refund.restock() ? OrderStatus.RETURNED : OrderStatus.REFUNDED))
                : new Decision.Ignored();
    }

    /**
     * Decides what it means that an operator has given the money of a payment back.
     *
     * @param known the locked success, if there is one
     * @param open whether its money must still be given back
     */
    public static RefundOutcome markDone(TransactionId id, @Nullable RecordedPayment known, boolean open) {
        if (known == null) {
            return new RefundOutcome.UnknownPayment(id);
        }
        if (open) {
            return new RefundOutcome.Done(known);
        }
        return switch (known.effect()) {
            case REFUND_REQUIRED -> new RefundOutcome.AlreadyDone(known);
            case APPLIED, KEPT, IGNORED -> new RefundOutcome.NotRequired(known);
        };
    }

    private static boolean mayBeOf(Payment refund, RecordedPayment paid) {
        TransactionId named = refund.refundOf();
        return paid.payment().status() == PaymentStatus.SUCCESS
                && paid.effect() != PaymentEffect.KEPT
                && (named == null || named.equals(paid.payment().transactionId()));
    }

    private static boolean fits(Payment refund, RecordedPayment paid, @Nullable Order order) {
        return refund.agreesWith(order == null ? paid.payment() : paid.payment().completedBy(order.amount()));
    }
}
