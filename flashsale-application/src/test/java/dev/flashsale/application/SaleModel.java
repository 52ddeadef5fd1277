package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sale is and answers, written down a second time: one command after the other, on plain rows, adding up anew
 * whenever a number is wanted. It calls no rule of the domain.
 *
 * <p>When what is over is tidied up is the sale's own affair. {@link #notice} takes it over, if it is over.
 */
final class SaleModel {

    private record HoldScope(IdempotencyKey key, @Nullable CustomerId customerId) {}

    private record HoldWish(ProductId productId, Quantity quantity) {}

    final ModelRows rows;
    final ProductModel products;
    final HoldModel holds;
    private final OrderModel orders;
    final RefundModel refunds;
    private final PaymentModel payments;
    private final KeyModel<HoldScope, HoldWish, HoldOutcome> holdKeys = new KeyModel<>(HoldModel::passes);
    private final KeyModel<IdempotencyKey, HoldId, OrderOutcome> orderKeys = new KeyModel<>(outcome -> false);

    SaleModel(Instant now) {
        rows = new ModelRows(now);
        products = new ProductModel(rows);
        holds = new HoldModel(rows);
        refunds = new RefundModel(rows);
        payments = new PaymentModel(rows, refunds);
        orders = new OrderModel(rows, holds, payments);
    }

    @Nullable
    Object answer(Command command) {
        return switch (command) {
            case Command.Put put -> products.put(put.product(), put.total(), put.rules());
            case Command.Create create -> products.create(create.product());
            case Command.Change change -> products.change(change.productId(), change.change());
            case Command.Adjust adjust -> products.adjust(adjust.productId(), adjust.total());
            case Command.Open open -> products.open(open.productId());
            case Command.Close close -> products.close(close.productId());
            case Command.Place place -> holds.place(place.request());
            case Command.PlaceOnce once -> {
                HoldRequest request = once.request();
                yield holdKeys.once(
                        new HoldScope(once.key(), request.customerId()),
                        once.key(),
                        new HoldWish(request.productId(), request.quantity()),
                        rows.now,
                        () -> holds.place(request));
            }
            case Command.Release release -> holds.release(release.holdId());
            case Command.Extend extend -> holds.extend(extend.holdId());
            case Command.Order order -> orders.order(order.holdId());
            case Command.OrderOnce once ->
                orderKeys.once(once.key(), once.key(), once.holdId(), rows.now, () -> orders.order(once.holdId()));
            case Command.Cancel cancel -> orders.cancel(cancel.orderId());
            case Command.Report report -> payments.report(report.payment());
            case Command.MarkRefundDone mark -> refunds.markDone(mark.paymentId());
            case Command.Expire ignored -> then(this::expire);
            case Command.ExpireKeptPayments ignored -> then(payments::expireKept);
            case Command.ForgetOldKeys ignored -> then(this::forgetKeys);
            case Command.Purge ignored -> then(this::purge);
            case Command.Advance ignored -> null;
            case Command.AdvanceTo ignored -> null;
            case Command.Meet meet -> answer(meet.fate(), meet.command());
        };
    }

    private static @Nullable Object then(Runnable done) {
        done.run();
        return null;
    }

    private @Nullable Object answer(Fate fate, Command command) {
        if (fate == Fate.ROLLED_BACK && command instanceof Command.Order order) {
            orders.rolledBack(order.holdId());
        }
        if (fate == Fate.ROLLED_BACK && command instanceof Command.OrderOnce once && !orderKeys.knows(once.key())) {
            orders.rolledBack(once.holdId());
        }
        Object answer = answer(command);
        // Whoever runs the creation of a product again finds the product.
        return fate == Fate.COMMITTED_UNHEARD && !(command instanceof Command.Create) ? answer(command) : answer;
    }

    private void expire() {
        rows.holds.replaceAll((id, hold) -> hold instanceof ActiveHold active && rows.isOver(active.expiresAt())
                ? active.end(HoldEnd.EXPIRED)
                : hold);
        rows.orders.replaceAll((id, order) -> rows.asRead(order));
    }

    private void forgetKeys() {
        holdKeys.forget(rows.now);
        orderKeys.forget(rows.now);
    }

    private void purge() {
        for (Hold hold : List.copyOf(rows.holds.values())) {
            if (!(hold instanceof EndedHold ended) || !isLongOver(hold.expiresAt())) {
                continue;
            }
            if (ended.how() != HoldEnd.ORDERED) {
                rows.holds.remove(hold.id());
                continue;
            }
            Order order = rows.orderOf(hold.id());
            List<ModelRows.Received> ofOrder = rows.payments.values().stream()
                    .filter(row -> row.payment().payment().orderId().equals(order.id()))
                    .toList();
            if (Set.of(OrderStatus.FAILED, OrderStatus.EXPIRED, OrderStatus.CANCELLED)
                            .contains(order.status())
                    && isLongOver(order.paymentDeadline())
                    && ofOrder.stream().noneMatch(ModelRows.Received::toGiveBack)) {
                rows.payments.values().removeAll(ofOrder);
                rows.orders.remove(order.id());
                rows.holds.remove(hold.id());
            }
        }
    }

    private boolean isLongOver(Instant end) {
        return rows.isOver(end.plus(Command.PURGE_AGE));
    }

    /** The moments to come at which something begins or ends, the next first. */
    List<Instant> moments() {
        Set<Instant> moments = new TreeSet<>();
        rows.holds.values().forEach(hold -> addWithPurge(moments, hold.expiresAt()));
        rows.orders.values().forEach(order -> addWithPurge(moments, order.paymentDeadline()));
        rows.offers.values().stream()
                .map(offer -> offer.rules().window())
                .flatMap(window -> Stream.of(window.startsAt(), window.endsAt()))
                .filter(Objects::nonNull)
                .forEach(moments::add);
        payments.moments().forEach(moments::add);
        holdKeys.moments().forEach(moments::add);
        orderKeys.moments().forEach(moments::add);
        return moments.stream().filter(moment -> moment.isAfter(rows.now)).toList();
    }

    private static void addWithPurge(Set<Instant> moments, Instant end) {
        moments.add(end);
        moments.add(end.plus(Command.PURGE_AGE));
    }

    /** What is over may have been tidied up by whoever looked, or not yet. */
    void notice(List<Hold> storedHolds, List<Order> storedOrders) {
        for (Hold stored : storedHolds) {
            if (rows.holds.get(stored.id()) instanceof ActiveHold active
                    && rows.isOver(active.expiresAt())
                    && stored.equals(active.end(HoldEnd.EXPIRED))) {
                rows.holds.put(stored.id(), stored);
            }
        }
        for (Order stored : storedOrders) {
            Order order = rows.orders.get(stored.id());
            if (order != null && stored.status() == OrderStatus.EXPIRED && stored.equals(rows.asRead(order))) {
                rows.orders.put(stored.id(), stored);
            }
        }
    }
}
