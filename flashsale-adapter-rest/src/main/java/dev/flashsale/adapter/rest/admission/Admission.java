package dev.flashsale.adapter.rest.admission;

import dev.flashsale.adapter.rest.PlaceUse;
import dev.flashsale.application.Busy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of calls in at once and refuses any more at once, so that a crowd learns at the speed of
 * HTTP that it has to come back. A client that is still sending its request takes no place.
 *
 * <p>A {@linkplain #part part} has no places of its own: its callers may take some of the whole's, and no more.
 */
public final class Admission {

    static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

    private final int most;
    private final Semaphore places;
    private final @Nullable Admission whole;
    private final LongAdder refused = new LongAdder();

    Admission(int places) {
        this(places, null);
    }

    private Admission(int places, @Nullable Admission whole) {
        this.most = places;
        this.places = new Semaphore(places);
        this.whole = whole;
    }

    /** For callers who may take at most that many of these places. */
    Admission part(int most) {
        return new Admission(most, this);
    }

    /** Makes the call, or throws {@link Busy} without making it. */
    public <T> T admit(Supplier<T> call) {
        if (!enter()) {
            turnedAway();
            throw Busy.queue("Too many requests at once.", COME_BACK_AFTER);
        }
        try {
            return call.get();
        } finally {
            leave();
        }
    }

    /** Whether a call would be let in now; a moment later it may be refused nevertheless. */
    boolean hasRoom() {
        return places.availablePermits() > 0 && (whole == null || whole.hasRoom());
    }

    /** One more was not let in; of those whom {@link #admit} refuses it knows. */
    void turnedAway() {
        refused.increment();
    }

    PlaceUse use(String name) {
        return new PlaceUse(name, most, most - places.availablePermits(), refused.sum());
    }

    private boolean enter() {
        if (!places.tryAcquire()) {
            return false;
        }
        if (whole != null && !whole.enter()) {
            places.release();
            return false;
        }
        return true;
    }

    private void leave() {
        if (whole != null) {
            whole.leave();
        }
        places.release();
    }
}
