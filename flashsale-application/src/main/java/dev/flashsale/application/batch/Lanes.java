package dev.flashsale.application.batch;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is next. Those who wait stand in lanes, first come, first served. A lane that somebody waits in, and that is in no
 * more batches than it may be, is ready; ready lanes take turns, and one that had its turn is behind all others, so that a
 * crowd in one keeps nobody waiting in the rest. Knows neither threads nor time; its owner guards it.
 *
 * @param <W> one who waits
 */
class Lanes<W> {

    /** @param tenant lanes of different ones never share a batch; null where there is but one */
    record Key(@Nullable Object tenant, Object lane) {}

    static final class Lane<W> {
        private final Key key;
        private final ArrayDeque<W> waiting = new ArrayDeque<>();
        private int batches;
        private boolean isReady;
        /** To be served by itself, since something of the batch before could not be done. */
        private boolean alone;

        Lane(Key key) {
            this.key = key;
        }
    }

    private final int queue;
    private final int inFlightOfLane;

    /** Those that somebody waits in or that are being served: lanes do not outlive their sale. */
    private final Map<Key, Lane<W>> lanes = new HashMap<>();

    /** In the order in which they get their turn. */
    private final ArrayDeque<Lane<W>> ready = new ArrayDeque<>();

    /**
     * @param queue how many wait in one lane at most, 1 or more
     * @param inFlightOfLane batches that a lane is in at the same time at most, 1 or more
     */
    Lanes(int queue, int inFlightOfLane) {
        this.queue = queue;
        this.inFlightOfLane = inFlightOfLane;
    }

    /** Queues up; the lane to leave or to be served by, or null if too many wait in it. */
    @Nullable
    Lane<W> enter(Key key, W who) {
        Lane<W> lane = lanes.computeIfAbsent(key, Lane::new);
        if (lane.waiting.size() >= queue) {
            return null;
        }
        lane.waiting.add(who);
        makeReady(lane);
        return lane;
    }

    /** Whether it still stood in the lane, which it then has left. */
    boolean leave(Lane<W> lane, W who) {
        boolean left = lane.waiting.remove(who);
        ifNobodyWaits(lane);
        return left;
    }

    boolean isAnyReady() {
        return !ready.isEmpty();
    }

    /** The head of the lane whose turn it is; the lane is in a batch more until {@link #served}. One must be ready. */
    W next() {
        return begin(ready.element()).waiting.remove();
    }

    /** The lane that shares the batch of another, in which it is from now on until {@link #served}; null if none does. */
    @Nullable
    Lane<W> nextToShareWith(Lane<W> first) {
        if (first.alone) {
            return null;
        }
        for (Lane<W> next : ready) {
            if (Objects.equals(next.key.tenant(), first.key.tenant())) {
                return next.alone ? null : begin(next);
            }
        }
        return null;
    }

    /** Takes the head out of a lane that is being served; null if nobody waits in it, or its head does not fit. */
    @Nullable
    W poll(Lane<W> lane, Predicate<W> fits) {
        W head = lane.waiting.peek();
        if (head == null || !fits.test(head)) {
            return null;
        }
        lane.waiting.remove();
        ifNobodyWaits(lane);
        return head;
    }

    /** A batch has what it takes of its lanes: where somebody still waits, and the lane may be in one more, that may begin. */
    void taken(List<Lane<W>> served) {
        served.forEach(this::makeReady);
    }

    /**
     * A batch has ended.
     *
     * @param alone whether the next one of each of its lanes is to serve it by itself
     */
    void served(List<Lane<W>> served, boolean alone) {
        for (Lane<W> lane : served) {
            lane.batches--;
            lane.alone = alone;
            makeReady(lane);
            ifNobodyWaits(lane);
        }
    }

    private void makeReady(Lane<W> lane) {
        if (!lane.isReady && !lane.waiting.isEmpty() && lane.batches < inFlightOfLane) {
            lane.isReady = true;
            ready.add(lane);
        }
    }

    private Lane<W> begin(Lane<W> lane) {
        ready.remove(lane);
        lane.isReady = false;
        lane.batches++;
        return lane;
    }

    /** A lane that nobody waits in gets no turn, and is forgotten once it is not served either. */
    private void ifNobodyWaits(Lane<W> lane) {
        if (lane.waiting.isEmpty()) {
            if (lane.isReady) {
                lane.isReady = false;
                ready.remove(lane);
            }
            if (lane.batches == 0) {
                lanes.remove(lane.key);
            }
        }
    }
}
