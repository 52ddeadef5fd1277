package dev.flashsale.application;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The database could not do it now; the same may succeed later. What can never succeed is another exception.
 *
 * <p>Nothing of the request is left behind. Outside of a transaction of the caller's it may just be asked again, under the
 * same ids. Inside of one, {@link #repeat()} tells how much must be done again.
 */
public final class Busy extends RuntimeException {

    /** How much must be done again. */
    public enum Repeat {
        /** The request alone. A transaction of the caller's may go on and be committed, with or without it. */
        REQUEST,
        /** The caller's whole transaction: the database has rolled it back already, and it cannot be committed. */
        TRANSACTION
    }

    /** Who could not do it. */
    public enum Where {
        /** Too many wait for the same, or it was waited for too long, or the thread was interrupted: nothing was begun. */
        QUEUE,
        /** The database, as often as it was tried. */
        DATABASE
    }

    private final Where where;
    private final Duration retryAfter;
    private final Repeat repeat;

    /** Of the database; the request alone is to be repeated. */
    public Busy(String message, Duration retryAfter, @Nullable Throwable cause) {
        this(message, retryAfter, Repeat.REQUEST, cause);
    }

    /** Of the database. */
    public Busy(String message, Duration retryAfter, Repeat repeat, @Nullable Throwable cause) {
        this(Where.DATABASE, message, retryAfter, repeat, cause);
    }

    private Busy(Where where, String message, Duration retryAfter, Repeat repeat, @Nullable Throwable cause) {
        super(message, cause);
        this.where = where;
        this.retryAfter = retryAfter;
        this.repeat = repeat;
    }

    /** Of a queue. */
    public static Busy queue(String message, Duration retryAfter) {
        return new Busy(Where.QUEUE, message, retryAfter, Repeat.REQUEST, null);
    }

    public Where where() {
        return where;
    }

    /** How long a caller should wait before it asks again. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** What a caller should do again. */
    public Repeat repeat() {
        return repeat;
    }
}
