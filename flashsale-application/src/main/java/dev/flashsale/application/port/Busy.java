package dev.flashsale.application.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database could not do it now; the same request may succeed later. */
public final class Busy extends RuntimeException {

    private final Duration retryAfter;

    public Busy(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long a caller should wait before it asks again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
