package dev.flashsale.application;

import dev.flashsale.application.audit.AuditUseCases;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.application.event.EventUseCases;
import dev.flashsale.application.event.Subscriptions;
import dev.flashsale.application.hold.ChangeHoldService;
import dev.flashsale.application.hold.ExtendHoldService;
import dev.flashsale.application.hold.HoldOutcomeCodec;
import dev.flashsale.application.hold.HoldUseCases;
import dev.flashsale.application.hold.PlaceHoldService;
import dev.flashsale.application.hold.ReleaseHoldService;
import dev.flashsale.application.housekeeping.HousekeepingUseCases;
import dev.flashsale.application.memory.HoldIds;
import dev.flashsale.application.memory.RefusalMemory;
import dev.flashsale.application.memory.StockMemories;
import dev.flashsale.application.memory.StockMemory;
import dev.flashsale.application.operator.ListUseCases;
import dev.flashsale.application.operator.OperatorUseCases;
import dev.flashsale.application.order.OrderOutcomeCodec;
import dev.flashsale.application.order.OrderUseCases;
import dev.flashsale.application.order.OrderViews;
import dev.flashsale.application.order.PlaceOrderService;
import dev.flashsale.application.payment.PaymentUseCases;
import dev.flashsale.application.payment.RecordPaymentService;
import dev.flashsale.application.payment.RecordRefundService;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.product.CreateProductService;
import dev.flashsale.application.product.ProductBook;
import dev.flashsale.application.product.ProductCodec;
import dev.flashsale.application.product.ProductUseCases;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.application.webhook.WebhookUseCases;
import dev.flashsale.domain.hold.ChangePolicy;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderPolicy;
import java.util.function.Function;

/**
 * Hands out the use cases by who asks for them, wired to one database. Thread-safe; holds nothing to close, and starts no
 * thread but for {@link Housekeeping#start}.
 *
 * <p>Holds, releases, extensions, changes, orders, payments and new products that are asked for outside of a transaction of the caller's
 * gather in a queue, and one of the callers carries them all out in one transaction: <em>on its own thread, with that
 * thread's thread-locals</em>. So what a thread carries, such as a logging context, a user or the tenant of a routing
 * DataSource, is the leader's and says nothing of the others. Where it decides which database is reached, the door to the
 * database must be given what tells the tenants apart, and requests of two never share a transaction.
 */
public sealed class Flashsale permits InMemoryFlashsale {

    private final Holds holds;
    private final Orders orders;
    private final Payments payments;
    private final Products products;
    private final Function<Cause, Operator> operators;
    private final Lists lists;
    private final Housekeeping housekeeping;
    private final Audits audits;
    private final Events events;
    private final Webhooks webhooks;

    Flashsale(
            Transactions all,
            Settings settings,
            SaleListener listener,
            EventListener eventListener,
            SaleObserver observer) {
        HoldIds ids = new HoldIds();
        Notifications notifications = new Notifications(listener);
        Subscriptions subscriptions = new Subscriptions(settings.keptEvents(), eventListener);
        Transactions transactions = subscriptions.of(notifications.of(all));
        StockMemories memories = new StockMemories(all, () -> new StockMemory(settings, System::nanoTime, ids));
        StockWrites writes = new StockWrites(() -> memories.ofCaller()::changed);
        Failures failures = new Failures(notifications, System::nanoTime);
        StockReturns returns = new StockReturns(settings.expiryBatch(), writes, notifications, failures);
        Settlement settlement = new Settlement(returns, writes, notifications, settings.retryGrace());
        ProductBook book = new ProductBook(writes);
        HoldPolicy holdPolicy = new HoldPolicy(settings.holdTtl(), settings.holdExtensions());
        OrderPolicy orderPolicy = new OrderPolicy(settings.paymentDeadline());
        Pipeline.Shared pipelines = new Pipeline.Shared(transactions, settings.groupCommit(), notifications, observer);

        holds = observer.useCases(
                Holds.class,
                new HoldUseCases(
                        ids,
                        pipelines.of(
                                new PlaceHoldService(holdPolicy, returns, writes),
                                new HoldOutcomeCodec(),
                                new RefusalMemory(memories, notifications)),
                        pipelines.of(new ReleaseHoldService(transactions, returns)),
                        pipelines.of(new ExtendHoldService(holdPolicy)),
                        pipelines.of(
                                new ChangeHoldService(transactions, new ChangePolicy(holdPolicy), returns, writes)),
                        transactions,
                        holdPolicy));
        OrderViews views = new OrderViews(failures);
        orders = observer.useCases(
                Orders.class,
                new OrderUseCases(
                        pipelines.of(new PlaceOrderService(orderPolicy, settlement), new OrderOutcomeCodec()),
                        transactions,
                        views));
        RecordRefundService refunds = new RecordRefundService(returns);
        payments = observer.useCases(
                Payments.class,
                new PaymentUseCases(
                        pipelines.of(new RecordPaymentService(settlement)), pipelines.of(refunds), transactions));
        products =
                observer.useCases(Products.class, new ProductUseCases(transactions, memories, book, returns, writes));
        OperatorUseCases.Shared byOperators = new OperatorUseCases.Shared(
                transactions,
                pipelines.of(new CreateProductService(book), new ProductCodec()),
                returns,
                writes,
                book,
                refunds,
                settlement,
                settings.maxPaymentDeadline(),
                notifications);
        operators = cause -> observer.useCases(Operator.class, byOperators.of(cause));
        lists = observer.useCases(
                Lists.class, new ListUseCases(transactions, failures, views, holdPolicy, settings.paymentKeep()));
        events = new EventUseCases(transactions, subscriptions, failures);
        webhooks = new WebhookUseCases(transactions, notifications, failures);
        housekeeping = new HousekeepingUseCases(
                transactions, returns, writes, notifications, failures, settlement, events, settings);
        audits = observer.useCases(Audits.class, new AuditUseCases(transactions, writes, settlement));
    }

    /** On that database. */
    public static Flashsale on(Transactions transactions, Settings settings) {
        return on(transactions, settings, SaleListener.NONE);
    }

    /** As {@link #on(Transactions, Settings)}, with somebody who is told what happens. */
    public static Flashsale on(Transactions transactions, Settings settings, SaleListener listener) {
        return on(transactions, settings, listener, EventListener.NONE);
    }

    /** As {@link #on(Transactions, Settings, SaleListener)}, with somebody who is told of events in this process. */
    public static Flashsale on(
            Transactions transactions, Settings settings, SaleListener listener, EventListener events) {
        return on(transactions, settings, listener, events, SaleObserver.NONE);
    }

    /** As {@link #on(Transactions, Settings, SaleListener, EventListener)}, with somebody who sees requests while they go on. */
    public static Flashsale on(
            Transactions transactions,
            Settings settings,
            SaleListener listener,
            EventListener events,
            SaleObserver observer) {
        return new Flashsale(transactions, settings, listener, events, observer);
    }

    /** In memory, with the usual settings and a clock that is moved: for tests and demos. */
    public static InMemoryFlashsale inMemory() {
        return inMemory(Settings.defaults());
    }

    /** As {@link #inMemory()}, with other settings; of those, nothing is answered from memory. */
    public static InMemoryFlashsale inMemory(Settings settings) {
        return inMemory(settings, SaleListener.NONE, EventListener.NONE);
    }

    /** As {@link #inMemory(Settings)}, with somebody who is told what happens, and of events. */
    public static InMemoryFlashsale inMemory(Settings settings, SaleListener listener, EventListener events) {
        return InMemoryFlashsale.with(settings, listener, events);
    }

    /** For buyers: from an id for a hold to its end. */
    public Holds holds() {
        return holds;
    }

    /** For buyers: what becomes of their holds. */
    public Orders orders() {
        return orders;
    }

    /** For payment gateways. */
    public Payments payments() {
        return payments;
    }

    /** For buyers who look, and for programs that put something on sale. */
    public Products products() {
        return products;
    }

    /**
     * For people who run the sale and change something.
     *
     * @param cause who does it, and why: for the log
     */
    public Operator operator(Cause cause) {
        return operators.apply(cause);
    }

    /** For people who run the sale. */
    public Lists lists() {
        return lists;
    }

    /** For whoever keeps the tables tidy: {@link Housekeeping#start} is enough. */
    public Housekeeping housekeeping() {
        return housekeeping;
    }

    /** For whoever tells others what was committed. */
    public Events events() {
        return events;
    }

    /** For whoever sends events to endpoints. */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** For whoever wants proof that everything adds up. */
    public Audits audits() {
        return audits;
    }
}
