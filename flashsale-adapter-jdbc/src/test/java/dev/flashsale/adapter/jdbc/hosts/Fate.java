package dev.flashsale.adapter.jdbc.hosts;

/** What must have become of a hold, by what was told of it. */
enum Fate {
    /** Its transaction was rolled back, it was refused, or its caller was told to come back. */
    ABSENT,
    ACTIVE,
    RELEASED,
    ORDERED;

    boolean over() {
        return this == RELEASED || this == ORDERED;
    }
}
