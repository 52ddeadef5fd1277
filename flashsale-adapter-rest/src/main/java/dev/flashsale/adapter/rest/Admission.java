package dev.flashsale.adapter.rest;

import dev.flashsale.application.port.Busy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Lets a bounded number of calls in at once and refuses further ones at once, so that a crowd learns at the speed of
 * HTTP that it has to come back. A client that is still sending its request takes no place.
 */
final class Admission {

    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(1);

    private final Semaphore places;

    Admission(int places) {
        this.places = new Semaphore(places);
    }

    /** Makes the call, or throws {@link Busy} without making it. */
    <A, B> B admit(Function<A, B> call, A argument) {
        if (!places.tryAcquire()) {
            throw new Busy("Too many requests at once.", COME_BACK_AFTER, null);
        }
        try {
            return call.apply(argument);
        } finally {
            places.release();
        }
    }
}
