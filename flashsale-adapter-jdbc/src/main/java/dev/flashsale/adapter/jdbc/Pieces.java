package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pieces that a refund was of, in its row: products and numbers, such as {@code 1:2,7:1}. */
final class Pieces {

    private Pieces() {}

    static @Nullable String write(List<Item> items) {
        return items.isEmpty()
                ? null
                : items.stream()
                        .map(item -> item.productId().value() + ":" + item.quantity())
                        .collect(Collectors.joining(","));
    }

    static List<Item> read(@Nullable String text) {
        List<Item> items = new ArrayList<>();
        if (text != null) {
            for (String item : text.split(",", -1)) {
                int colon = item.indexOf(':');
                items.add(new Item(
                        new ProductId(Long.parseLong(item.substring(0, Math.max(0, colon)))),
                        new Quantity(Integer.parseInt(item.substring(colon + 1)))));
            }
        }
        return items;
    }
}
