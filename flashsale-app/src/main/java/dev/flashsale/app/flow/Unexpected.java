package dev.flashsale.app.flow;

/** A step did not see what was promised. The message says what was expected and what came. */
final class Unexpected extends RuntimeException {
    Unexpected(String message) {
        super(message);
    }
}
