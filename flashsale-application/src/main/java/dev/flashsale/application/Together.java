package dev.flashsale.application;

import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.GroupCommit;
import dev.flashsale.application.batch.GroupCommitBounds;
import dev.flashsale.application.port.Busy;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts the group commit in front of the use cases that write. A caller whose transaction is joined is not batched:
 * what it asks for belongs to its transaction, and is told once that is committed.
 *
 * <p>Holds and releases queue up for their product, whose stock row they need; those of several products for the first of
 * them. Extensions, orders and payments have no row in common: each of these is one queue. Requests with and without an
 * idempotency key share their queue.
 */
final class Together {

    /** A second transaction of a product would only wait for the first one's lock. */
    private static final int OF_A_PRODUCT = 1;

    private final Transactions transactions;
    private final GroupCommitBounds bounds;
    private final StockWatches watches;
    private final Reports reports;

    Together(Transactions transactions, GroupCommitBounds bounds, StockWatches watches, Reports reports) {
        this.transactions = transactions;
        this.bounds = bounds;
        this.watches = watches;
        this.reports = reports;
    }

    /** A use case without and with an idempotency key. */
    record Holds(PlaceHold placeHold, PlaceHoldOnce placeHoldOnce) {}

    /**
     * A request under a key is never refused from memory: it may be the repetition of one that was granted, whatever its
     * hold id.
     */
    Holds holds(PlaceHoldService service) {
        GroupCommit<ProductId, Keyed<HoldRequest>, KeyedOutcome<HoldOutcome>> groups = new GroupCommit<>(
                told(
                        Kind.HOLD,
                        batch -> placeAndLearn(service, batch),
                        (listener, batch, outcomes) -> listener.holds(batch, decidedNow(outcomes))),
                bounds,
                OF_A_PRODUCT);
        Function<HoldRequest, HoldOutcome> plain = unlessJoined(
                told(
                        Kind.HOLD,
                        (tx, request) ->
                                service.decide(tx, Batch.of(List.of(request))).get(0),
                        SaleListener::holds),
                (HoldRequest request) -> {
                    Optional<HoldOutcome> refusal = watches.ofCaller().refusal(request);
                    if (refusal.isPresent()) {
                        reports.tell(listener -> listener.refusedFromMemory(refusal.get()));
                        return refusal.get();
                    }
                    return withoutKey(submit(Kind.HOLD, groups, request.productId(), Keyed.without(request)));
                });
        Function<Keyed<HoldRequest>, KeyedOutcome<HoldOutcome>> once = unlessJoined(
                told(
                        Kind.HOLD,
                        (tx, keyed) ->
                                service.decideOnce(tx, Batch.of(List.of(keyed))).get(0),
                        (listener, batch, outcomes) -> listener.holds(batch, decidedNow(outcomes))),
                keyed -> submit(Kind.HOLD, groups, keyed.request().productId(), keyed));
        return new Holds(plain::apply, (request, key) -> once.apply(new Keyed<>(request, key)));
    }

    private List<KeyedOutcome<HoldOutcome>> placeAndLearn(PlaceHoldService service, Batch<Keyed<HoldRequest>> batch) {
        StockWatch watch = watches.ofCaller();
        Map<ProductId, Long> before = new HashMap<>();
        batch.requests().forEach(keyed -> before.computeIfAbsent(keyed.request().productId(), watch::versionBefore));
        List<KeyedOutcome<HoldOutcome>> outcomes = service.placeAllOnce(batch);
        // The last outcome of a product that was decided now tells what is left of it; that of several does not tell of
        // which.
        for (int i = outcomes.size() - 1; i >= 0 && !before.isEmpty(); i--) {
            HoldRequest request = batch.requests().get(i).request();
            ProductId productId = request.productId();
            Long version = request.ofSeveral() ? null : before.get(productId);
            if (version != null
                    && outcomes.get(i) instanceof KeyedOutcome.First<HoldOutcome> first
                    && watch.learn(productId, version, first.outcome())) {
                before.remove(productId);
            }
        }
        return outcomes;
    }

    ReleaseHold releases(ReleaseHoldService service) {
        GroupCommit<ProductId, HoldId, ReleaseOutcome> groups = new GroupCommit<>(
                told(Kind.RELEASE, batch -> service.releaseAll(batch.requests()), SaleListener::releases),
                bounds,
                OF_A_PRODUCT);
        return unlessJoined(
                told(Kind.RELEASE, (tx, id) -> service.decide(tx, List.of(id)).get(0), SaleListener::releases),
                (HoldId id) -> {
                    Hold hold = transactions
                            .read(tx -> tx.holds().find(Set.of(id)))
                            .rows()
                            .get(id);
                    return hold == null
                            ? new ReleaseOutcome.UnknownHold(id)
                            : submit(Kind.RELEASE, groups, hold.productId(), id);
                })::apply;
    }

    ExtendHold extensions(ExtendHoldService service) {
        GroupCommit<Class<?>, HoldId, ExtendOutcome> groups = new GroupCommit<>(
                told(Kind.EXTENSION, batch -> service.extendAll(batch.requests()), SaleListener::extensions),
                bounds,
                bounds.inFlight());
        return unlessJoined(
                told(Kind.EXTENSION, (tx, id) -> service.decide(tx, List.of(id)).get(0), SaleListener::extensions),
                (HoldId id) -> submit(Kind.EXTENSION, groups, HoldId.class, id))::apply;
    }

    /** A use case without and with an idempotency key. */
    record Orders(PlaceOrder placeOrder, PlaceOrderOnce placeOrderOnce) {}

    Orders orders(PlaceOrderService service) {
        GroupCommit<Class<?>, Keyed<HoldId>, KeyedOutcome<OrderOutcome>> groups = new GroupCommit<>(
                told(
                        Kind.ORDER,
                        service::placeAllOnce,
                        (listener, batch, outcomes) -> listener.orders(batch, decidedNow(outcomes))),
                bounds,
                bounds.inFlight());
        Function<HoldId, OrderOutcome> plain = unlessJoined(
                told(Kind.ORDER, (tx, id) -> service.decide(tx, List.of(id)).get(0), SaleListener::orders),
                (HoldId id) -> withoutKey(submit(Kind.ORDER, groups, HoldId.class, Keyed.without(id))));
        Function<Keyed<HoldId>, KeyedOutcome<OrderOutcome>> once = unlessJoined(
                told(
                        Kind.ORDER,
                        (tx, keyed) ->
                                service.decideOnce(tx, Batch.of(List.of(keyed))).get(0),
                        (listener, batch, outcomes) -> listener.orders(batch, decidedNow(outcomes))),
                keyed -> submit(Kind.ORDER, groups, HoldId.class, keyed));
        return new Orders(plain::apply, (id, key) -> once.apply(new Keyed<>(id, key)));
    }

    private static <A> List<A> decidedNow(List<KeyedOutcome<A>> answers) {
        return answers.stream()
                .flatMap(answer ->
                        answer instanceof KeyedOutcome.First<A> first ? Stream.of(first.outcome()) : Stream.empty())
                .toList();
    }

    private static <A> A withoutKey(KeyedOutcome<A> answer) {
        return switch (answer) {
            case KeyedOutcome.First<A> first -> first.outcome();
            case KeyedOutcome.Replayed<A> again -> throw new IllegalStateException("repeated without a key: " + again);
            case KeyedOutcome.KeyReused<A> reused ->
                throw new IllegalStateException("refused without a key: " + reused);
        };
    }

    RecordPayment payments(RecordPaymentService service) {
        GroupCommit<Class<?>, Payment, PaymentOutcome> groups = new GroupCommit<>(
                told(Kind.PAYMENT, batch -> service.recordAll(batch.requests()), SaleListener::payments),
                bounds,
                bounds.inFlight());
        return unlessJoined(
                told(
                        Kind.PAYMENT,
                        (tx, payment) -> service.decide(tx, List.of(payment)).get(0),
                        SaleListener::payments),
                (Payment payment) -> submit(Kind.PAYMENT, groups, Payment.class, payment))::apply;
    }

    /** Runs a batch and tells how it went. */
    private <Q, A> Function<Batch<Q>, List<A>> told(Kind kind, Function<Batch<Q>, List<A>> run, Telling<A> done) {
        return batch -> {
            long begun = System.nanoTime();
            List<A> outcomes;
            try {
                outcomes = run.apply(batch);
            } catch (Busy busy) {
                SaleListener.Batch told = batch(kind, batch.requests().size(), begun);
                reports.tell(listener -> listener.busy(told));
                throw busy;
            }
            SaleListener.Batch told = batch(kind, batch.requests().size(), begun);
            reports.tell(listener -> done.tell(listener, told, outcomes));
            return outcomes;
        };
    }

    private static SaleListener.Batch batch(Kind kind, int size, long begun) {
        return new SaleListener.Batch(kind, size, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** One of the listener's methods. */
    @FunctionalInterface
    private interface Telling<A> {
        void tell(SaleListener listener, SaleListener.Batch batch, List<A> outcomes);
    }

    private <L, Q, A> A submit(Kind kind, GroupCommit<L, Q, A> groups, L lane, Q request) {
        try {
            return groups.submit(transactions.tenant(), lane, request);
        } catch (Busy busy) {
            // With a cause it is the batch's, which was told already.
            if (busy.getCause() == null) {
                reports.tell(listener -> listener.turnedAway(kind));
            }
            throw busy;
        }
    }

    private <Q, A> Function<Q, A> unlessJoined(BiFunction<Transaction, Q, A> joined, Function<Q, A> together) {
        return request ->
                transactions.joins() ? transactions.run(tx -> joined.apply(tx, request)) : together.apply(request);
    }

    /** Decides one request in a caller's transaction, and tells of it once that is committed. */
    private <Q, A> BiFunction<Transaction, Q, A> told(
            Kind kind, BiFunction<Transaction, Q, A> decide, Telling<A> done) {
        return (tx, request) -> {
            long begun = System.nanoTime();
            A outcome = decide.apply(tx, request);
            SaleListener.Batch told = batch(kind, 1, begun);
            tx.afterCommit(() -> reports.tell(listener -> done.tell(listener, told, List.of(outcome))));
            return outcome;
        };
    }
}
