package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import java.util.Optional;

/**
 * What payment gateways report, taken in within the caller's transaction if there is one, as with {@link Holds}.
 *
 * <p>Every method throws {@link Busy} if the database could not do it now.
 */
public interface Payments {

    /**
     * Takes a report in and lets it take effect on its order. Safe to repeat, in any order and at any time: what is said of a
     * transaction is applied once. A refund that comes before what it gives back is not recorded, so that it has to be repeated.
     */
    PaymentOutcome record(Payment payment);

    /** The number of the order that this hold became, for a report that names it by that alone; empty if it became none. */
    Optional<OrderId> orderOf(HoldId reference);

    /** Lists a report that nothing can be done about, such as one of an order that is not there, for people to look at. */
    void listConflict(ConflictingReport report);
}
