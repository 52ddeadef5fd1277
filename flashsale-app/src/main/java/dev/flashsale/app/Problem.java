package dev.flashsale.app;

import org.jspecify.annotations.Nullable;

/** Something that its user can put right. The message is one line, for people, and says what to do. */
public class Problem extends RuntimeException {

    public Problem(String message) {
        this(message, null);
    }

    public Problem(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
