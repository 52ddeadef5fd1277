package dev.flashsale.domain.testing;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs a property with the randomness of many seeds, always the same ones. A failure tells its seed; {@code
 * -Dflashsale.seed=…} runs that one alone.
 */
public final class Seeds {

    private static final String ONE_SEED = "flashsale.seed";

    private Seeds() {}

    public static void each(int count, Consumer<SplittableRandom> property) {
        Long one = Long.getLong(ONE_SEED);
        LongStream seeds = one == null ? LongStream.range(0, count) : LongStream.of(one);
        seeds.parallel().forEach(seed -> {
            try {
                property.accept(new SplittableRandom(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }
}
