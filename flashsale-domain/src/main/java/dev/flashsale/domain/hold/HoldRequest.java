package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A buyer's wish to hold pieces of a product, or of several: all of them or nothing.
 *
 * <p>Refuses lines that are not in the order of their products, more than {@value #MAX_ITEMS} lines, and further lines
 * that make more than {@value Quantity#MAX} pieces in all, with an {@link IllegalArgumentException}.
 *
 * @param holdId chosen before the attempt, so that a repetition is recognised: the same request under the same id is
 *     granted once
 * @param customerId who wishes; a product with a limit per customer wants to know
 * @param further the lines beside the first, each of another product; mostly none
 */
public record HoldRequest(
        HoldId holdId,
        ProductId productId,
        Quantity quantity,
        @Nullable CustomerId customerId,
        List<Item> further) {

    public static final int MAX_ITEMS = 20;

    public HoldRequest {
        if (!further.isEmpty()) {
            further = List.copyOf(further);
            check(productId, quantity, further);
        }
    }

    private static void check(ProductId productId, Quantity quantity, List<Item> further) {
        requireCount(1 + further.size());
        ProductId before = productId;
        long pieces = quantity.value();
        for (Item item : further) {
            if (item.productId().compareTo(before) <= 0) {
                throw new IllegalArgumentException("lines must be in the order of their products, were " + further);
            }
            before = item.productId();
            pieces += item.quantity().value();
        }
        if (pieces > Quantity.MAX) {
            throw new IllegalArgumentException("items must have at most " + Quantity.MAX + " pieces, were " + pieces);
        }
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MAX_ITEMS) {
            throw new IllegalArgumentException("items must be 1 to " + MAX_ITEMS + ", were " + count);
        }
    }

    /** For one product. */
    public HoldRequest(HoldId holdId, ProductId productId, Quantity quantity, @Nullable CustomerId customerId) {
        this(holdId, productId, quantity, customerId, List.of());
    }

    /** For one product, of a customer who is not named. */
    public HoldRequest(HoldId holdId, ProductId productId, Quantity quantity) {
        this(holdId, productId, quantity, null);
    }

    /**
     * For these, in any order. Items of one product are one line.
     *
     * @param items 1 to {@value #MAX_ITEMS}
     */
    public static HoldRequest of(HoldId holdId, List<Item> items, @Nullable CustomerId customerId) {
        requireCount(items.size());
        TreeMap<ProductId, Quantity> lines = new TreeMap<>();
        for (Item item : items) {
            Quantity unused = lines.merge(
                    item.productId(), item.quantity(), (one, other) -> new Quantity(one.value() + other.value()));
        }
        List<Item> sorted = new ArrayList<>(lines.size());
        lines.forEach((productId, quantity) -> sorted.add(new Item(productId, quantity)));
        Item first = sorted.getFirst();
        return new HoldRequest(
                holdId, first.productId(), first.quantity(), customerId, List.copyOf(sorted.subList(1, sorted.size())));
    }

    /** Whether more than one product is wished for. */
    public boolean ofSeveral() {
        return !further.isEmpty();
    }

    /** All lines, the first first. */
    public List<Item> items() {
        return Item.all(productId, quantity, further);
    }

    /** Each line as a wish by itself, under the id that its hold would have. */
    public List<HoldRequest> lines() {
        if (!ofSeveral()) {
            return List.of(this);
        }
        List<HoldRequest> lines = new ArrayList<>(1 + further.size());
        for (Item item : items()) {
            lines.add(new HoldRequest(holdId.line(lines.size()), item.productId(), item.quantity(), customerId));
        }
        return lines;
    }
}
