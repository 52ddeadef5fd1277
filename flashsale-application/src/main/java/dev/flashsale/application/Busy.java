package dev.flashsale.application;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * It could not be done now; the same may succeed later. What can never succeed is another exception.
 *
 * <p>Nothing of the request is left behind, unless {@link #mayBeDone()}. Outside of a transaction of the caller's it may
 * just be asked again, under the same ids. Inside of one, {@link #repeat()} tells how much must be done again.
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

    private final Trouble trouble;
    private final Duration retryAfter;
    private final Repeat repeat;
    private final boolean mayBeDone;

    /** Others were first; nothing was done, and the request alone is to be repeated. */
    public Busy(String message, Duration retryAfter, @Nullable Throwable cause) {
        this(Trouble.CONTENTION, message, retryAfter, Repeat.REQUEST, false, cause);
    }

    /**
     * Of the database.
     *
     * @param mayBeDone see {@link #mayBeDone()}
     */
    public Busy(
            Trouble trouble,
            String message,
            Duration retryAfter,
            Repeat repeat,
            boolean mayBeDone,
            @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.retryAfter = retryAfter;
        this.repeat = repeat;
        this.mayBeDone = mayBeDone;
    }

    /** Of a queue. */
    public static Busy queue(String message, Duration retryAfter) {
        return new Busy(Trouble.QUEUE, message, retryAfter, Repeat.REQUEST, false, null);
    }

    /** The same for another caller whom it concerns, with a stack trace of its own. */
    public Busy again() {
        return new Busy(trouble, String.valueOf(getMessage()), retryAfter, repeat, mayBeDone, this);
    }

    public Where where() {
        return trouble == Trouble.QUEUE ? Where.QUEUE : Where.DATABASE;
    }

    /** Why it could not be done. */
    public Trouble trouble() {
        return trouble;
    }

    /** How long a caller should wait before it asks again. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** What a caller should do again. */
    public Repeat repeat() {
        return repeat;
    }

    /**
     * Whether it may have been done all the same: the answer to a COMMIT was lost, and so were those to the attempts at
     * finding out. The same request again, under the same ids or the same key, gets the first outcome.
     */
    public boolean mayBeDone() {
        return mayBeDone;
    }
}
