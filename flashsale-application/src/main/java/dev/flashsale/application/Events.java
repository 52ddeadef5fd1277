package dev.flashsale.application;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.KeptEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * The outbox, for whoever carries events elsewhere: each event of a kind that somebody subscribed to is kept by the
 * transaction that it tells of, numbered among those of its product without a gap, in the order of the commits. Whoever reads
 * a product's events behind the last number that he knows misses none, whatever dies when.
 *
 * <p>Thread-safe. Every method but {@link #subscribe} throws {@link Busy} if the database could not do it now.
 */
public interface Events {

    /** In place of a product's number, for what is of none: money whose order nobody knows. */
    long NO_PRODUCT = EventRepository.NO_PRODUCT;

    /**
     * Has events of these kinds kept from now on by this process, beside those that the settings name; replaces what was said
     * before. To be called in every process that sells.
     */
    void subscribe(Set<EventKind> kinds);

    /**
     * Has events of these kinds kept for a while, beside all others, by this process at once and by all others that sell with the
     * next turn of their housekeeping.
     *
     * @param time from now on, above 0
     */
    void keepFor(Set<EventKind> kinds, Duration time);

    /**
     * Has kept what endpoints and readers want now, as the database has it. {@link Housekeeping} does it with every turn.
     */
    void refresh();

    /** The kinds of which events are kept by this process now. */
    Set<EventKind> kept();

    /** The products that have kept events, by their numbers, with the number of the last event of each. */
    SortedMap<Long, Long> lastNumbers();

    /**
     * A product's events behind a number, in their order.
     *
     * @param number of the last one that is known; 0 for none
     * @param limit at most this many
     */
    List<KeptEvent> after(long product, long number, int limit);

    /**
     * Removes kept events that happened that long ago or longer, whether or not anybody has read them: one bounded batch of
     * each product.
     *
     * @param age above 0
     * @return how many; 0 once there is nothing left to do
     */
    int forget(Duration age);

    /**
     * Announces holds that end soon, each once for every end that it has; a bounded batch of each product. Nothing is done
     * where nobody subscribed to that.
     *
     * @param within how long before its end a hold is announced, above 0
     * @return how many; 0 once there is nothing left to do
     */
    int announceEnds(Duration within);
}
