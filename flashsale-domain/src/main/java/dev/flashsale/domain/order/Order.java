package dev.flashsale.domain.order;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
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
 * <p>An order of several products is kept as its hold is, as an order for each line: the first has the number and the
 * whole amount. What is found by its number or its hold is the whole order; what is found by its product is a line.
 *
 * @param amount the product's price when the order was placed, times the quantity; of all lines together
 * @param paymentDeadline the first moment at which the order is no longer waited for
 * @param further the other lines of an order of several products; none of an order of one, or of a line by itself
 * @param keeps the products whose pieces an expired order of several products still has, since nobody has returned them
 *     yet
 */
public record Order(
        OrderId id,
        HoldId holdId,
        ProductId productId,
        Quantity quantity,
        Money amount,
        Instant placedAt,
        Instant paymentDeadline,
        OrderStatus status,
        List<Item> further,
        Set<ProductId> keeps) {

    /** Of one product. */
    public Order(
            OrderId id,
            HoldId holdId,
            ProductId productId,
            Quantity quantity,
            Money amount,
            Instant placedAt,
            Instant paymentDeadline,
            OrderStatus status) {
        this(id, holdId, productId, quantity, amount, placedAt, paymentDeadline, status, List.of(), Set.of());
    }

    /**
     * The order that these lines are. They change together, but each expires by itself, at the same moment, whenever
     * somebody gets to it: as soon as one has, the order has.
     */
    public static Order whole(Order first, List<Order> further) {
        boolean expired = first.status == OrderStatus.EXPIRED
                || (first.status == OrderStatus.PENDING
                        && further.stream().anyMatch(line -> line.status == OrderStatus.EXPIRED));
        Set<ProductId> keeps = new TreeSet<>();
        if (expired) {
            further.stream().filter(Order::isPending).forEach(line -> keeps.add(line.productId));
            if (first.isPending()) {
                keeps.add(first.productId);
            }
        }
        return new Order(
                first.id,
                first.holdId,
                first.productId,
                first.quantity,
                first.amount,
                first.placedAt,
                first.paymentDeadline,
                expired ? OrderStatus.EXPIRED : first.status,
                further.stream()
                        .map(line -> new Item(line.productId, line.quantity))
                        .toList(),
                keeps);
    }

    private boolean isPending() {
        return status == OrderStatus.PENDING;
    }

    /** All lines, the first first. */
    public List<Item> items() {
        return Item.all(productId, quantity, further);
    }

    /** The lines whose pieces were returned. */
    public List<Item> returned() {
        return status.takesStock()
                ? List.of()
                : items().stream()
                        .filter(item -> !keeps.contains(item.productId()))
                        .toList();
    }

    /** The ids of the holds that its lines were, the first first. */
    public List<HoldId> lineIds() {
        return holdId.lines(further.size());
    }

    /** What the order is now; a pending order past its deadline is expired whether or not its pieces were returned. */
    public OrderStatus statusAt(Instant now) {
        return status == OrderStatus.PENDING && !now.isBefore(paymentDeadline) ? OrderStatus.EXPIRED : status;
    }

    public Order with(OrderStatus newStatus) {
        return new Order(
                id,
                holdId,
                productId,
                quantity,
                amount,
                placedAt,
                paymentDeadline,
                newStatus,
                further,
                newStatus == status ? keeps : Set.of());
    }

    /** This order as it reads now. */
    public Order asOf(Instant now) {
        return with(statusAt(now));
    }
}
