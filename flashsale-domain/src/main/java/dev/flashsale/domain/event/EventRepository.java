package dev.flashsale.domain.event;

import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Secondary port: the outbox. What is written here is committed, or not, with what it tells of.
 *
 * <p>The rows that number a product's events are locked after everything else, in the order of the products, and until the
 * transaction ends: so whoever sees an event sees all that have smaller numbers.
 *
 * <p>What is of no product is numbered under {@link #NO_PRODUCT}.
 */
public interface EventRepository {

    /** In place of a product's number. */
    long NO_PRODUCT = 0;

    /**
     * Takes the next numbers of products.
     *
     * @param counts how many of each, 1 or more, by the product's number
     * @return the first of those of each
     */
    Map<Long, Long> take(SortedMap<Long, Integer> counts);

    /** Adds events whose stamps have ids and numbers that this transaction has taken. */
    void append(Collection<SaleEvent> events);

    /**
     * The products that have kept events, with the number of the last one, in the order of the products. Nothing is locked.
     */
    SortedMap<Long, Long> lastNumbers();

    /**
     * A product's events behind a number, in their order. Nothing is locked.
     *
     * @param limit at most this many
     */
    List<KeptEvent> after(long product, long number, int limit);

    /**
     * The products whose first event happened that long ago or longer: at most {@code limit}. Nothing is locked.
     */
    List<Long> productsWithOlderThan(Duration age, int limit);

    /**
     * Removes a product's oldest events that happened that long ago or longer.
     *
     * @param limit at most this many
     * @return how many were removed
     */
    int deleteOlderThan(long product, Duration age, int limit);

    /**
     * Locks a product's number, and answers until when the ends of its holds have been announced; empty if never.
     */
    Optional<Instant> lockAnnounced(ProductId product);

    /** Writes until when they are now, for a product that this transaction has locked. */
    void saveAnnounced(ProductId product, Instant until);
}
