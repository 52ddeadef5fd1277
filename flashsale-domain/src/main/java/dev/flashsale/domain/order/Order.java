package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The pieces of one hold, ordered.
 *
 * <pre>
 *             ┌─ payment succeeded ──▶ paid
 *   pending ──┼─ payment failed ─────▶ failed  ─┐  (the pieces return)
 *             ├─ deadline passed ────▶ expired ─┤  (the pieces return)
 *             │                                 └─ late success, if the pieces can be taken again ─▶ paid
 *             └─ an operator cancels ─▶ cancelled  (the pieces return, for good)
 *   paid ─ money given back ─▶ refunded, or returned where the pieces come back, too
 * </pre>
 *
 * An operator who accepts an order by hand reports a success, and may have a pending one waited for longer.
 *
 * An order with nothing to pay is paid from the beginning, and may be cancelled all the same.
 *
 * Where a product's pieces are returned, an order's {@linkplain OrderLine lines} are looked at one by one.
 *
 * @param holdId the hold it was made of, which is its reference: unlike its number it is unguessable, and never another
 *     order's, even where the database was restored from an older copy
 * @param amount the products' prices when the order was placed, times the quantities
 * @param paymentDeadline the first moment at which the order is no longer waited for
 * @param keeps the products whose pieces an expired order of several products still has, since nobody has returned them
 *     yet
 */
public record Order(
        OrderId id,
        HoldId holdId,
        Lines lines,
        Money amount,
        Instant placedAt,
        Instant paymentDeadline,
        OrderStatus status,
        Set<ProductId> keeps) {

    public Order {
        keeps = Set.copyOf(keeps);
    }

    /**
     * The order that these lines are. As soon as one of them has expired, the order has.
     *
     * @param lines all of them, in their order
     */
    public static Order of(List<OrderLine> lines) {
        OrderLine first = lines.getFirst();
        boolean expired = first.status() == OrderStatus.EXPIRED
                || (first.status() == OrderStatus.PENDING
                        && lines.stream().anyMatch(line -> line.status() == OrderStatus.EXPIRED));
        Set<ProductId> keeps = new TreeSet<>();
        if (expired) {
            lines.stream()
                    .filter(line -> line.status() == OrderStatus.PENDING)
                    .forEach(line -> keeps.add(line.item().productId()));
        }
        return new Order(
                first.orderId(),
                first.holdId(),
                new Lines(lines.stream().map(OrderLine::item).toList()),
                first.amount(),
                first.placedAt(),
                first.paymentDeadline(),
                expired ? OrderStatus.EXPIRED : first.status(),
                keeps);
    }

    /** The lines whose pieces were returned. */
    public List<Item> returned() {
        return status.takesStock()
                ? List.of()
                : lines.items().stream()
                        .filter(item -> !keeps.contains(item.productId()))
                        .toList();
    }

    /** What the order is now; a pending order past its deadline is expired whether or not its pieces were returned. */
    public OrderStatus statusAt(Instant now) {
        return status == OrderStatus.PENDING && !now.isBefore(paymentDeadline) ? OrderStatus.EXPIRED : status;
    }

    public Order with(OrderStatus newStatus) {
        return newStatus == status
                ? this
                : new Order(id, holdId, lines, amount, placedAt, paymentDeadline, newStatus, Set.of());
    }

    /** This order after an attempt to pay it was declined: it waits for another one for that long, and not beyond its deadline. */
    public Order declined(Instant now, Duration grace) {
        Instant until = now.plus(grace);
        return until.isBefore(paymentDeadline) ? withPaymentDeadline(until) : this;
    }

    /** This order, waited for until then. */
    public Order withPaymentDeadline(Instant deadline) {
        return new Order(id, holdId, lines, amount, placedAt, deadline, status, keeps);
    }

    /** This order as it reads now. */
    public Order asOf(Instant now) {
        return with(statusAt(now));
    }
}
