package dev.flashsale.application.testing;

import dev.flashsale.domain.testing.InMemoryDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The clock of a database in memory, in microseconds: it stands at 2026-11-27T00:00:00.123456Z until a test moves it. It is a
 * {@link Clock} in UTC, so that what else the test is of may go by the same time. Thread-safe.
 */
public final class MovableClock extends Clock {

    private final InMemoryDatabase database;
    private final ZoneId zone;

    MovableClock(InMemoryDatabase database) {
        this(database, ZoneOffset.UTC);
    }

    private MovableClock(InMemoryDatabase database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /**
     * Lets time pass.
     *
     * @throws IllegalArgumentException if it is negative: {@link #set} goes back, too
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time passes forwards, was " + duration + "; to go back, set the clock");
        }
        database.advance(duration);
    }

    /** Makes it that time, later or earlier. */
    public void set(Instant instant) {
        database.setNow(instant);
    }

    @Override
    public Instant instant() {
        return database.now();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, read in another zone: it moves with this one. */
    @Override
    public Clock withZone(ZoneId another) {
        return new MovableClock(database, another);
    }
}
