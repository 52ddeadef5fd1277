package dev.flashsale.application;

import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.port.Busy;
import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
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
import java.util.function.Function;

/**
 * Puts the group commit in front of the use cases that write. A caller that has a transaction on its thread is not
 * batched: what it asks for belongs to its transaction.
 *
 * <p>Holds and releases queue up for their product, whose stock row they need. Extensions, orders and payments have no
 * row in common: each of these is one queue.
 */
final class Together {

    /** A second transaction of a product would only wait for the first one's lock. */
    private static final int OF_A_PRODUCT = 1;

    private final Ports ports;
    private final GroupCommitBounds bounds;
    private final StockWatch watch;
    private final Reports reports;

    Together(Ports ports, GroupCommitBounds bounds, StockWatch watch, Reports reports) {
        this.ports = ports;
        this.bounds = bounds;
        this.watch = watch;
        this.reports = reports;
    }

    PlaceHold holds(PlaceHoldService service) {
        GroupCommit<ProductId, HoldRequest, HoldOutcome> groups = new GroupCommit<>(
                told(Kind.HOLD, batch -> placeAndLearn(service, batch), SaleListener::holds), bounds, OF_A_PRODUCT);
        return unlessJoined(service::place, (HoldRequest request) -> {
            Optional<HoldOutcome> refusal = watch.refusal(request);
            if (refusal.isPresent()) {
                reports.tell(listener -> listener.refusedFromMemory(refusal.get()));
                return refusal.get();
            }
            return submit(Kind.HOLD, groups, request.productId(), request);
        })::apply;
    }

    private List<HoldOutcome> placeAndLearn(PlaceHoldService service, Batch<HoldRequest> batch) {
        Map<ProductId, Long> before = new HashMap<>();
        batch.requests().forEach(request -> before.computeIfAbsent(request.productId(), watch::versionBefore));
        List<HoldOutcome> outcomes = service.placeAll(batch);
        // The last outcome of a product tells what is left of it.
        for (int i = outcomes.size() - 1; i >= 0 && !before.isEmpty(); i--) {
            ProductId productId = batch.requests().get(i).productId();
            Long version = before.get(productId);
            if (version != null && watch.learn(productId, version, outcomes.get(i))) {
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
        return unlessJoined(service::release, (HoldId id) -> {
            Hold hold = ports.holds().find(Set.of(id)).rows().get(id);
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
        return unlessJoined(service::extend, (HoldId id) -> submit(Kind.EXTENSION, groups, HoldId.class, id))::apply;
    }

    PlaceOrder orders(PlaceOrderService service) {
        GroupCommit<Class<?>, HoldId, OrderOutcome> groups = new GroupCommit<>(
                told(Kind.ORDER, batch -> service.placeAll(batch.requests()), SaleListener::orders),
                bounds,
                bounds.inFlight());
        return unlessJoined(service::place, (HoldId id) -> submit(Kind.ORDER, groups, HoldId.class, id))::apply;
    }

    RecordPayment payments(RecordPaymentService service) {
        GroupCommit<Class<?>, Payment, PaymentOutcome> groups = new GroupCommit<>(
                told(Kind.PAYMENT, batch -> service.recordAll(batch.requests()), SaleListener::payments),
                bounds,
                bounds.inFlight());
        return unlessJoined(service::record, (Payment payment) -> submit(Kind.PAYMENT, groups, Payment.class, payment))
                ::apply;
    }

    /** Runs a batch and tells how it went. */
    private <Q, A> Function<Batch<Q>, List<A>> told(Kind kind, Function<Batch<Q>, List<A>> run, Telling<A> done) {
        return batch -> {
            long begun = System.nanoTime();
            List<A> outcomes;
            try {
                outcomes = run.apply(batch);
            } catch (Busy busy) {
                SaleListener.Batch told = batch(kind, batch, begun);
                reports.tell(listener -> listener.busy(told));
                throw busy;
            }
            SaleListener.Batch told = batch(kind, batch, begun);
            reports.tell(listener -> done.tell(listener, told, outcomes));
            return outcomes;
        };
    }

    private static SaleListener.Batch batch(Kind kind, Batch<?> batch, long begun) {
        return new SaleListener.Batch(kind, batch.requests().size(), Duration.ofNanos(System.nanoTime() - begun));
    }

    /** One of the listener's methods. */
    @FunctionalInterface
    private interface Telling<A> {
        void tell(SaleListener listener, SaleListener.Batch batch, List<A> outcomes);
    }

    private <L, Q, A> A submit(Kind kind, GroupCommit<L, Q, A> groups, L lane, Q request) {
        try {
            return groups.submit(lane, request);
        } catch (Busy busy) {
            // With a cause it is the batch's, which was told already.
            if (busy.getCause() == null) {
                reports.tell(listener -> listener.turnedAway(kind));
            }
            throw busy;
        }
    }

    private <Q, A> Function<Q, A> unlessJoined(Function<Q, A> alone, Function<Q, A> together) {
        return request -> ports.transactions().joined() ? alone.apply(request) : together.apply(request);
    }
}
