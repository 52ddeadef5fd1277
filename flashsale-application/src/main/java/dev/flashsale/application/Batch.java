package dev.flashsale.application;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Requests that are decided together, in the order in which they came. Whoever waits for the lock that the batch needs may
 * let others {@linkplain #join() join} once he has it: the longer the wait, the more share what comes of it.
 *
 * @param <Q> a request
 */
final class Batch<Q> {

    private final List<Q> requests;
    private final Supplier<List<Q>> latecomers;

    private Batch(List<Q> requests, Supplier<List<Q>> latecomers) {
        this.requests = new ArrayList<>(requests);
        this.latecomers = latecomers;
    }

    /** A batch that nobody joins. */
    static <Q> Batch<Q> of(List<Q> requests) {
        return new Batch<>(requests, List::of);
    }

    /** @param latecomers gives those who have come since it was last asked */
    static <Q> Batch<Q> of(List<Q> requests, Supplier<List<Q>> latecomers) {
        return new Batch<>(requests, latecomers);
    }

    /** All of them up to now; each is owed an answer. */
    List<Q> requests() {
        return Collections.unmodifiableList(requests);
    }

    /** Takes along those who have come since, and says who they are. */
    List<Q> join() {
        List<Q> joined = latecomers.get();
        requests.addAll(joined);
        return joined;
    }
}
