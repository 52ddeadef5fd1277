package dev.flashsale.domain.event;

import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When something happened, and where it stands among what happened to its products.
 *
 * @param at the database's time in the transaction that did it
 * @param id names the event wherever it is told, however often; null for what is told in this process alone, since nobody
 *     else subscribed to its kind
 * @param sequences by product, in their order: the number of the event among those of that product that are kept, counted from
 *     1 without a gap, in the order of the commits; empty for what is told in this process alone, and for what is of no product
 */
public record EventStamp(Instant at, @Nullable String id, Map<ProductId, Long> sequences) {

    public EventStamp {
        sequences = Collections.unmodifiableMap(new TreeMap<>(sequences));
    }

    /** Where the event is kept: its number at each product's, or at {@link EventRepository#NO_PRODUCT}; nowhere if it is not. */
    public SortedMap<Long, Long> places() {
        SortedMap<Long, Long> places = new TreeMap<>();
        sequences.forEach((product, number) -> places.put(product.value(), number));
        if (id != null && places.isEmpty()) {
            // It is named by the only place that it has.
            places.put(EventRepository.NO_PRODUCT, Long.parseLong(id.substring(id.indexOf('-') + 1)));
        }
        return places;
    }

    /** Of something that is told in this process alone. */
    public static EventStamp notKept(Instant at) {
        return new EventStamp(at, null, Map.of());
    }
}
