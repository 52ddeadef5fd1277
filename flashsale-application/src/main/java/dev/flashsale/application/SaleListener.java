package dev.flashsale.application;

import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import java.time.Duration;
import java.util.List;

/**
 * Is told what happened, once it is committed, so that it can be counted. Whatever it does not care for it need not
 * implement.
 *
 * <p>Called on the thread of the buyer who led the batch, before its callers are answered: it must be fast and
 * thread-safe. What it throws is logged and changes nothing. What is done inside a transaction of the caller's is told once
 * that is committed, on the thread that commits it.
 */
public interface SaleListener {

    /** Does not listen. */
    SaleListener NONE = new SaleListener() {};

    /** Tells all of these, in their order; one that fails fails alone. */
    static SaleListener all(List<? extends SaleListener> listeners) {
        return listeners.isEmpty() ? NONE : listeners.size() == 1 ? listeners.getFirst() : new SaleListeners(listeners);
    }

    /** What the requests of a batch have in common. */
    enum Kind {
        HOLD,
        RELEASE,
        EXTENSION,
        CHANGE,
        ORDER,
        PAYMENT,
        PRODUCT
    }

    /**
     * One transaction for many requests.
     *
     * @param took from its begin to its end, with all its attempts
     */
    record Batch(Kind kind, int size, Duration took) {}

    /**
     * A batch was decided.
     *
     * @param outcomes one for each request of the batch
     */
    default void holds(Batch batch, List<HoldOutcome> outcomes) {}

    /**
     * A batch was decided.
     *
     * @param outcomes one for each request of the batch
     */
    default void releases(Batch batch, List<ReleaseOutcome> outcomes) {}

    /**
     * A batch was decided.
     *
     * @param outcomes one for each request of the batch
     */
    default void extensions(Batch batch, List<ExtendOutcome> outcomes) {}

    /**
     * A batch was decided.
     *
     * @param outcomes one for each request of the batch
     */
    default void changes(Batch batch, List<HoldChangeOutcome> outcomes) {}

    /**
     * A batch was decided.
     *
     * @param outcomes one for each request of the batch
     */
    default void orders(Batch batch, List<OrderOutcome> outcomes) {}

    /**
     * A batch was decided.
     *
     * @param outcomes one for each request of the batch
     */
    default void payments(Batch batch, List<PaymentOutcome> outcomes) {}

    /**
     * New products were put on sale.
     *
     * @param products one for each request of the batch
     */
    default void products(Batch batch, List<ProductView> products) {}

    /**
     * The database could not do it now, as often as it was tried; nobody of the batch got what they asked for.
     *
     * @param why of the database: never {@link Trouble#QUEUE}
     */
    default void busy(Batch batch, Trouble why) {}

    /** A request found too many waiting for the same, or waited too long, and was never in a batch. */
    default void turnedAway(Kind kind) {}

    /** A request was refused with what another one had learnt a moment ago. */
    default void refusedFromMemory(HoldOutcome refusal) {}

    /** A transaction is tried once more, since the database rolled it back or may not have committed it. */
    default void retried() {}

    /** The sweeper ended that many holds whose time was over. */
    default void holdsExpired(int holds) {}

    /** The sweeper ended that many orders that were not paid in time. */
    default void ordersExpired(int orders) {}

    /** An operator cancelled an order. */
    default void orderCancelled(Order order) {}

    /** An operator accepted that an order was paid by other means than a gateway's. */
    default void orderAccepted(Order order) {}

    /**
     * Payments that were kept were decided: their orders came, or were waited for long enough.
     *
     * @param payments with what they did
     */
    default void keptPaymentsSettled(List<RecordedPayment> payments) {}

    /** What is done for no caller, or for many things at once of which one can fail. */
    enum Work {
        EXPIRE_HOLDS,
        EXPIRE_ORDERS,
        EXPIRE_KEPT_PAYMENTS,
        /** Applying kept payments whose orders exist. */
        SETTLE_KEPT_PAYMENTS,
        FORGET_KEYS,
        PURGE,
        /** Taking back what is over for a buyer who finds too little. */
        RECLAIM,
        /** Reading a row of a list. */
        LIST,
        /** Removing events that were kept for long enough. */
        FORGET_EVENTS,
        /** Announcing holds that end soon. */
        ANNOUNCE_ENDS,
        /** Learning which kinds of events endpoints want. */
        READ_SUBSCRIPTIONS,
        /** Sending events to endpoints. */
        SEND_EVENTS
    }

    /**
     * Something failed alone: it was left as it was, and everything else went on.
     *
     * @param subject what it was done to, in words for people: {@code product 7}
     */
    record Failure(Work work, String subject, Throwable cause) {}

    /** Told each time; what lasts is told again and again. */
    default void failed(Failure failure) {}

    /** An event was sent to an endpoint, which has taken it, or not. */
    default void eventSent(boolean taken) {}

    /** Somebody who found too little took that many pieces back from what was over. */
    default void reclaimed(int pieces) {}
}
