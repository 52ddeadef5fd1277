package dev.flashsale.domain.payment;

import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Tells which rows of the past nobody needs any more.
 *
 * <p>A hold counts as over since its {@code expiresAt} and an order since its {@code paymentDeadline}, which are at or
 * after the moment at which they stopped to matter to a buyer. What was paid is kept for good, given back or not, and
 * money that someone must give back until it was.
 *
 * @param age how long something must have been over, {@link #MIN_AGE} or more: buyers and gateways repeat what they sent,
 *     and get the first answer only as long as it is there
 */
public record PurgePolicy(Duration age) {

    public static final Duration MIN_AGE = Duration.ofDays(1);
    public static final Duration MAX_AGE = Duration.ofDays(36_500);

    public PurgePolicy {
        if (age.compareTo(MIN_AGE) < 0 || age.compareTo(MAX_AGE) > 0) {
            throw new IllegalArgumentException(
                    "age must be from " + MIN_AGE.toDays() + " to " + MAX_AGE.toDays() + " days, was " + age);
        }
    }

    /** Whether a hold ended that long ago. One that was ordered goes with its order only. */
    public boolean isOver(Hold hold, Instant now) {
        return hold instanceof EndedHold && isOver(hold.expiresAt(), now);
    }

    /**
     * Whether an order came to nothing that long ago and no money is owed for it.
     *
     * @param payments all of this order
     * @param openRefunds those of them whose money must still be given back
     */
    public boolean isOver(Order order, List<RecordedPayment> payments, Set<TransactionId> openRefunds, Instant now) {
        return hasComeToNothing(order)
                && isOver(order.paymentDeadline(), now)
                && payments.stream().allMatch(payment -> isSettled(payment, openRefunds));
    }

    private static boolean hasComeToNothing(Order order) {
        return switch (order.status()) {
            case FAILED, CANCELLED -> true;
            case EXPIRED -> order.keeps().isEmpty();
            case PENDING, PAID, REFUNDED, RETURNED -> false;
        };
    }

    private static boolean isSettled(RecordedPayment payment, Set<TransactionId> openRefunds) {
        return switch (payment.effect()) {
            case APPLIED, IGNORED -> true;
            case KEPT -> false;
            case REFUND_REQUIRED -> !openRefunds.contains(payment.payment().transactionId());
        };
    }

    private boolean isOver(Instant end, Instant now) {
        return !end.isAfter(now.minus(age));
    }
}
