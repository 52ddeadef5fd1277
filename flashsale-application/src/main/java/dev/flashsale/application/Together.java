package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts the group commit in front of the use cases that write. A caller that has a transaction on its thread is not
 * batched: what it asks for belongs to its transaction.
 *
 * <p>Holds and releases share a lane for each product, whose stock row they all need. Orders and payments have no row
 * in common and are spread over {@value #LANES} lanes, to share the flush of the log.
 */
final class Together {

    private static final int LANES = 4;

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
                new GroupCommit<>(batch -> placeAndLearn(service, batch), bounds);
        return unlessJoined(
                service::place,
                (HoldRequest request) ->
                        watch.refusal(request).orElseGet(() -> groups.submit(request.productId(), request)))::apply;
    }

    private List<HoldOutcome> placeAndLearn(PlaceHoldService service, List<HoldRequest> batch) {
        ProductId productId = batch.get(0).productId();
        long before = watch.versionBefore(productId);
        List<HoldOutcome> outcomes = service.placeAll(batch);
        watch.learn(productId, before, outcomes);
        return outcomes;
    }

    ReleaseHold releases(ReleaseHoldService service) {
        GroupCommit<ProductId, HoldId, ReleaseOutcome> groups = new GroupCommit<>(service::releaseAll, bounds);
        return unlessJoined(service::release, (HoldId id) -> {
            Hold hold = ports.holds().find(Set.of(id)).rows().get(id);
            return hold == null ? new ReleaseOutcome.UnknownHold(id) : groups.submit(hold.productId(), id);
        })::apply;
    }

    PlaceOrder orders(PlaceOrderService service) {
        GroupCommit<Integer, HoldId, OrderOutcome> groups = new GroupCommit<>(service::placeAll, bounds);
        return unlessJoined(service::place, (HoldId id) -> groups.submit(lane(id), id))::apply;
    }

    RecordPayment payments(RecordPaymentService service) {
        GroupCommit<Integer, Payment, PaymentOutcome> groups = new GroupCommit<>(service::recordAll, bounds);
        return unlessJoined(service::record, (Payment payment) -> groups.submit(lane(payment.orderId()), payment))
                ::apply;
    }

    private <Q, A> Function<Q, A> unlessJoined(Function<Q, A> alone, Function<Q, A> together) {
        return request -> ports.transactions().joined() ? alone.apply(request) : together.apply(request);
    }

    private static int lane(Object id) {
        return Math.floorMod(id.hashCode(), LANES);
    }
}
