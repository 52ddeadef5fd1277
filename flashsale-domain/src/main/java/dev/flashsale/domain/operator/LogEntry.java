package dev.flashsale.domain.operator;

import java.time.Instant;

/**
 * One thing that an operator did.
 *
 * @param at the database's time, in microseconds
 * @param subject the number of the product, or of the order, that it was done to; 0 for a customer
 * @param change what became of what, for people: at most {@value #CHANGE_MAX_LENGTH} characters
 */
public record LogEntry(Instant at, Cause cause, Action action, long subject, String change) {

    public static final int CHANGE_MAX_LENGTH = 1000;

    public LogEntry {
        if (change.codePointCount(0, change.length()) > CHANGE_MAX_LENGTH) {
            throw new IllegalArgumentException("change must have at most " + CHANGE_MAX_LENGTH + " characters");
        }
    }

    public Subject doneTo() {
        return new Subject(action.doneTo(), subject);
    }
}
