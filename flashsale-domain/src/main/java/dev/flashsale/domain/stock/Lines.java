package dev.flashsale.domain.stock;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.product.ProductId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a hold or an order is of: pieces of one product, or of several.
 *
 * <p>Refuses none, more than {@value #MAX}, lines that are not in the order of their products, each of another, and several
 * that have more than {@value Quantity#MAX} pieces in all, with an {@link InvalidValue}.
 *
 * @param items a line for each product, in the order of the products
 */
public record Lines(List<Item> items) {

    public static final int MAX = 20;

    public Lines {
        items = List.copyOf(items);
        requireCount(items.size());
        long pieces = items.getFirst().quantity().value();
        for (int i = 1; i < items.size(); i++) {
            if (items.get(i).productId().compareTo(items.get(i - 1).productId()) <= 0) {
                throw new IllegalArgumentException("lines must be in the order of their products, were " + items);
            }
            pieces += items.get(i).quantity().value();
        }
        if (pieces > Quantity.MAX) {
            throw new InvalidValue("items", "must have at most " + Quantity.MAX + " pieces in all", pieces);
        }
    }

    private static void requireCount(int count) {
        if (count < 1 || count > MAX) {
            throw new InvalidValue("items", "must be 1 to " + MAX, count);
        }
    }

    /** Of one product. */
    public static Lines of(ProductId productId, Quantity quantity) {
        return new Lines(List.of(new Item(productId, quantity)));
    }

    /**
     * Of these, in any order. Items of one product are one line.
     *
     * @param items 1 to {@value #MAX}
     */
    public static Lines of(List<Item> items) {
        requireCount(items.size());
        TreeMap<ProductId, Quantity> merged = new TreeMap<>();
        for (Item item : items) {
            Quantity unused = merged.merge(
                    item.productId(), item.quantity(), (one, other) -> new Quantity(one.value() + other.value()));
        }
        List<Item> lines = new ArrayList<>(merged.size());
        merged.forEach((productId, quantity) -> lines.add(new Item(productId, quantity)));
        return new Lines(lines);
    }

    public int count() {
        return items.size();
    }

    /** The one of the product that comes first; mostly the only one. */
    public Item first() {
        return items.getFirst();
    }

    /** How many pieces of that product; 0 if there is no line of it. */
    public int piecesOf(ProductId productId) {
        for (Item item : items) {
            if (item.productId().equals(productId)) {
                return item.quantity().value();
            }
        }
        return 0;
    }

    public List<ProductId> products() {
        return items.size() == 1
                ? List.of(first().productId())
                : items.stream().map(Item::productId).toList();
    }
}
