package dev.flashsale.domain.stock;

import dev.flashsale.domain.product.ProductId;
import java.util.List;
import java.util.stream.Stream;

/** Pieces of a product: one line of a hold or an order. */
public record Item(ProductId productId, Quantity quantity) {

    /** All lines of what has a first one and perhaps further ones. */
    public static List<Item> all(ProductId productId, Quantity quantity, List<Item> further) {
        Item first = new Item(productId, quantity);
        return further.isEmpty()
                ? List.of(first)
                : Stream.concat(Stream.of(first), further.stream()).toList();
    }
}
