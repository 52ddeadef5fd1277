package dev.flashsale.application;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sale is and answers, written down a second time: one command after the other, on plain rows, adding up anew
 * whenever a number is wanted. It calls no rule of the domain.
 *
 * <p>When what is over is tidied up is the sale's own affair. {@link HousekeepingModel#notice} takes it over, if it is
 * over and somebody got to its product.
 */
final class SaleModel {

    private record Wish(Lines lines, boolean reuse) {}

    private record HoldScope(IdempotencyKey key, @Nullable CustomerId customerId) {}

    final ModelRows rows;
    final ProductModel products;
    final HoldModel holds;
    private final OrderModel orders;
    final RefundModel refunds;
    final HousekeepingModel housekeeping;
    private final PaymentModel payments;
    private final KeyModel<HoldScope, Wish, HoldOutcome> holdKeys =
            new KeyModel<>(HoldModel::passes, outcome -> outcome);
    private final KeyModel<IdempotencyKey, HoldId, OrderOutcome> orderKeys =
            new KeyModel<>(outcome -> false, OrderModel::asKept);

    SaleModel(Instant now) {
        rows = new ModelRows(now);
        products = new ProductModel(rows);
        holds = new HoldModel(rows);
        refunds = new RefundModel(rows);
        payments = new PaymentModel(rows, refunds);
        orders = new OrderModel(rows, holds, payments);
        housekeeping = new HousekeepingModel(rows);
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
                        new Wish(request.lines(), request.reuse()),
                        rows.now,
                        () -> holds.place(request));
            }
            case Command.Release release -> holds.release(release.holdId());
            case Command.Extend extend -> holds.extend(extend.request());
            case Command.ExtendAsSeen seen -> throw new IllegalArgumentException("nobody has looked: " + seen);
            case Command.ChangeHold change -> holds.change(change.request());
            case Command.Order order -> orders.order(order.holdId());
            case Command.OrderOnce once ->
                orderKeys.once(once.key(), once.key(), once.holdId(), rows.now, () -> orders.order(once.holdId()));
            case Command.Cancel cancel -> orders.cancel(cancel.orderId());
            case Command.ExtendOrder extend -> orders.extend(extend.orderId(), extend.paymentDeadline());
            case Command.Accept accept -> orders.accept(accept.orderId());
            case Command.Report report -> payments.report(report.payment());
            case Command.MarkRefundDone mark -> refunds.markDone(mark.paymentId());
            case Command.ResolveConflict resolve -> payments.resolve(resolve.number());
            case Command.ListHolds list -> holds.list(list.productId(), list.status());
            case Command.ListOrders list -> orders.list(list.productId(), list.status());
            case Command.Expire ignored -> then(housekeeping::expire);
            case Command.ExpireKeptPayments ignored -> then(payments::expireKept);
            case Command.ForgetOldKeys ignored -> then(this::forgetKeys);
            case Command.Purge ignored -> then(housekeeping::purge);
            case Command.Advance ignored -> null;
            case Command.AdvanceTo ignored -> null;
            case Command.Meet meet -> answer(meet.fate(), meet.command());
        };
    }

    /** That command, by somebody who has looked at the rows as they are. */
    Command looked(Command command) {
        return switch (command) {
            case Command.ExtendAsSeen seen -> {
                Hold hold = rows.holds.get(seen.holdId());
                Instant expiresAt = hold == null ? rows.now : hold.expiresAt();
                yield new Command.Extend(
                        new ExtendRequest(seen.holdId(), seen.lately() ? expiresAt : expiresAt.minusSeconds(1)));
            }
            case Command.Meet meet -> new Command.Meet(meet.fate(), looked(meet.command()));
            default -> command;
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

    private void forgetKeys() {
        holdKeys.forget(rows.now);
        orderKeys.forget(rows.now);
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

    /** An order as people look at it; its hold is there for as long as it is. */
    Optional<OrderView> view(Order order) {
        return Optional.of(new OrderView(
                rows.asRead(order),
                Objects.requireNonNull(rows.holds.get(order.holdId())).customerId(),
                rows.payments.values().stream()
                        .filter(row -> row.payment().payment().orderId().equals(order.id()))
                        .map(row -> new ReceivedPayment(0, row.payment(), row.at()))
                        .toList()));
    }

    private static void addWithPurge(Set<Instant> moments, Instant end) {
        moments.add(end);
        moments.add(end.plus(Command.PURGE_AGE));
    }

    /** The products that a command gets to. */
    Set<ProductId> reached(Command command) {
        return switch (command) {
            case Command.Put put -> Set.of(put.product().id());
            case Command.Adjust adjust -> Set.of(adjust.productId());
            case Command.Place place -> products(place.request().lines());
            case Command.PlaceOnce once -> products(once.request().lines());
            case Command.Release release -> ofHold(release.holdId());
            case Command.Extend extend -> ofHold(extend.request().holdId());
            case Command.ExtendAsSeen seen -> ofHold(seen.holdId());
            case Command.ChangeHold change -> {
                Set<ProductId> reached = new TreeSet<>(ofHold(change.request().holdId()));
                Stream.ofNullable(change.request().lines()).forEach(lines -> reached.addAll(lines.products()));
                yield reached;
            }
            case Command.Order order -> ofHold(order.holdId());
            case Command.OrderOnce once -> ofHold(once.holdId());
            case Command.Cancel cancel -> ofOrder(cancel.orderId());
            case Command.ExtendOrder extend -> ofOrder(extend.orderId());
            case Command.Accept accept -> ofOrder(accept.orderId());
            case Command.Report report -> ofOrder(report.payment().orderId());
            case Command.MarkRefundDone mark -> {
                ModelRows.Received row = rows.payments.get(ReportId.ofSuccess(mark.paymentId()));
                yield row == null ? Set.of() : ofOrder(row.payment().payment().orderId());
            }
            case Command.Meet meet -> reached(meet.command());
            default -> Set.of();
        };
    }

    private Set<ProductId> ofHold(HoldId id) {
        Hold hold = rows.holds.get(id);
        return hold == null ? Set.of() : products(hold.lines());
    }

    private Set<ProductId> ofOrder(OrderId id) {
        Order order = rows.orders.get(id);
        return order == null ? Set.of() : products(order.lines());
    }

    private static Set<ProductId> products(Lines lines) {
        return Set.copyOf(lines.products());
    }
}
