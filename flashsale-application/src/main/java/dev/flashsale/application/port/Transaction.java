package dev.flashsale.application.port;

import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldLists;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.webhook.EndpointRepository;

/**
 * One run of some work in the database: what it may read and write. Not for use after the work has returned, nor by other
 * threads.
 *
 * <p>Whatever the isolation of a caller's transaction, what a decision rests on is read as it is committed now.
 */
public interface Transaction {

    ProductRepository products();

    StockRepository stocks();

    HoldRepository holds();

    OrderRepository orders();

    PaymentRepository payments();

    HoldLists holdLists();

    OrderLists orderLists();

    PaymentLists paymentLists();

    HoldHousekeeping holdHousekeeping();

    OrderHousekeeping orderHousekeeping();

    PaymentHousekeeping paymentHousekeeping();

    AuditRepository audits();

    OperatorLog operatorLog();

    IdempotencyKeyRepository idempotencyKeys();

    EventRepository events();

    EndpointRepository endpoints();

    /** Whether an earlier run, here or of another caller, may have written under the ids of this work. */
    boolean mayRepeat();

    /**
     * To be called before it is said that something does not exist. On a member of a cluster what was committed on another may
     * not be seen yet: there the work is run again from its beginning, once everything is seen. Everywhere else, and then, it
     * returns at once. In a transaction of the caller's nothing can be waited for, and it returns, too.
     */
    void seeEverything();

    /** Has something done once this is known to be committed: with a caller's transaction, by the caller. */
    void afterCommit(Runnable action);

    /** Has something done once this is committed, or may have been. */
    void afterEnd(Runnable action);
}
