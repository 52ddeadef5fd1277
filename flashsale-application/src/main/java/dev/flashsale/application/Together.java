package dev.flashsale.application;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    Together(Ports ports, GroupCommitBounds bounds, StockWatch watch) {
        this.ports = ports;
        this.bounds = bounds;
        this.watch = watch;
    }

    PlaceHold holds(PlaceHoldService service) {
        GroupCommit<ProductId, HoldRequest, HoldOutcome> groups =
                new GroupCommit<>(batch -> placeAndLearn(service, batch), bounds, OF_A_PRODUCT);
        return unlessJoined(
                service::place,
                (HoldRequest request) ->
                        watch.refusal(request).orElseGet(() -> groups.submit(request.productId(), request)))::apply;
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
        GroupCommit<ProductId, HoldId, ReleaseOutcome> groups =
                new GroupCommit<>(batch -> service.releaseAll(batch.requests()), bounds, OF_A_PRODUCT);
        return unlessJoined(service::release, (HoldId id) -> {
            Hold hold = ports.holds().find(Set.of(id)).rows().get(id);
            return hold == null ? new ReleaseOutcome.UnknownHold(id) : groups.submit(hold.productId(), id);
        })::apply;
    }

    ExtendHold extensions(ExtendHoldService service) {
        GroupCommit<Class<?>, HoldId, ExtendOutcome> groups =
                new GroupCommit<>(batch -> service.extendAll(batch.requests()), bounds, bounds.inFlight());
        return unlessJoined(service::extend, (HoldId id) -> groups.submit(HoldId.class, id))::apply;
    }

    PlaceOrder orders(PlaceOrderService service) {
        GroupCommit<Class<?>, HoldId, OrderOutcome> groups =
                new GroupCommit<>(batch -> service.placeAll(batch.requests()), bounds, bounds.inFlight());
        return unlessJoined(service::place, (HoldId id) -> groups.submit(HoldId.class, id))::apply;
    }

    RecordPayment payments(RecordPaymentService service) {
        GroupCommit<Class<?>, Payment, PaymentOutcome> groups =
                new GroupCommit<>(batch -> service.recordAll(batch.requests()), bounds, bounds.inFlight());
        return unlessJoined(service::record, (Payment payment) -> groups.submit(Payment.class, payment))::apply;
    }

    private <Q, A> Function<Q, A> unlessJoined(Function<Q, A> alone, Function<Q, A> together) {
        return request -> ports.transactions().joined() ? alone.apply(request) : together.apply(request);
    }
}
