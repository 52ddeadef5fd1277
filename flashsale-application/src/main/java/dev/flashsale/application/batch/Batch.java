package dev.flashsale.application.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Requests that are decided together, in the order in which they came. Whoever waits for the lock that the batch needs may
 * let others {@linkplain #join join} once he has it: the longer the wait, the more share what comes of it.
 *
 * @param <Q> a request
 */
public final class Batch<Q> {

    private final List<Q> requests;
    private final Function<Predicate<Q>, List<Q>> latecomers;

    private Batch(List<Q> requests, Function<Predicate<Q>, List<Q>> latecomers) {
        this.requests = new ArrayList<>(requests);
        this.latecomers = latecomers;
    }

    /** A batch that nobody joins. */
    public static <Q> Batch<Q> of(List<Q> requests) {
        return new Batch<>(requests, fits -> List.of());
    }

    /**
     * A batch that others may join.
     *
     * @param latecomers gives those who have come since it was last asked, as {@link #join} says
     */
    public static <Q> Batch<Q> of(List<Q> requests, Function<Predicate<Q>, List<Q>> latecomers) {
        return new Batch<>(requests, latecomers);
    }

    /** All of them up to now; each is owed an answer. */
    public List<Q> requests() {
        return Collections.unmodifiableList(requests);
    }

    /**
     * Takes along those who have come since, and says who they are. Nobody overtakes: of those who queue up together, none
     * joins behind the first who may not.
     *
     * @param fits who may join, such as those who need no lock that the batch does not have; quick
     */
    public List<Q> join(Predicate<Q> fits) {
        List<Q> joined = latecomers.apply(fits);
        requests.addAll(joined);
        return joined;
    }
}
