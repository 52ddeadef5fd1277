package dev.flashsale.application;

import java.time.Duration;

/**
 * Pieces of a product whose time is over soon: between {@code from} and {@link #STEP} later, unless they are ordered,
 * paid, released or extended before.
 *
 * @param from counted from now on: 0, or a multiple of {@link #STEP} below {@link #AHEAD}
 * @param held in holds that expire then
 * @param pending in orders whose payment deadline is then
 */
public record ExpiringPieces(Duration from, long held, long pending) {

    public static final Duration STEP = Duration.ofSeconds(30);
    public static final Duration AHEAD = Duration.ofMinutes(5);
}
