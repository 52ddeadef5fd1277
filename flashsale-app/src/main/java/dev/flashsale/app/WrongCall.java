package dev.flashsale.app;

import org.jspecify.annotations.Nullable;

/** A flag, a setting or a file with settings is not as it must be: nothing was tried, and exit status 2 says so. */
public class WrongCall extends Problem {

    public WrongCall(String message) {
        this(message, null);
    }

    public WrongCall(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
