package dev.flashsale.domain.operator;

/**
 * An entry in its place.
 *
 * @param number 1 or more, growing in the order in which entries were added
 */
public record LoggedEntry(long number, LogEntry entry) {}
