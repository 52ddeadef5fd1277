package dev.flashsale.domain;

import org.jspecify.annotations.Nullable;

/**
 * A value that is not taken. Whoever got it from elsewhere, where it has another name, tells what it must be with
 * {@link #rule} behind that name.
 */
public final class InvalidValue extends IllegalArgumentException {

    private final String rule;

    /** @param rule what goes on after the name, such as {@code must be 1 or more} */
    public InvalidValue(String name, String rule) {
        this(name, rule, null);
    }

    /** @param was what it was instead; null not to tell */
    public InvalidValue(String name, String rule, @Nullable Object was) {
        super(name + " " + rule + (was == null ? "" : ", was " + was));
        this.rule = rule;
    }

    /** What it must be, such as {@code must be 1 or more}, without what it is called here and what it was. */
    public String rule() {
        return rule;
    }
}
