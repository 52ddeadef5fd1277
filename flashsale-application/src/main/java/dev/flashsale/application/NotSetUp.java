package dev.flashsale.application;

/**
 * The database lacks what Flashsale needs: a table, a right, a setting. The message says what. No request is to blame, so
 * all of a batch get it at once, and none is done before somebody has mended it; whoever asks again then is served.
 */
public final class NotSetUp extends IllegalStateException {

    /** What is missing, and what to do. */
    public NotSetUp(String message, Throwable cause) {
        super(message, cause);
    }
}
