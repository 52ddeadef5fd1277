package dev.flashsale.adapter.rest.boot;

import dev.flashsale.adapter.rest.LimitSettings;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.boot.convert.DurationStyle;

/** How a rate is written where it is set: {@code 20/1s}. */
public final class RateText {

    private RateText() {}

    /** Nothing if it is none. A time without a unit counts seconds. */
    public static Optional<LimitSettings.Rate> read(String text) {
        int slash = text.indexOf('/');
        try {
            return Optional.of(new LimitSettings.Rate(
                    Integer.parseInt(text.substring(0, Math.max(0, slash))),
                    DurationStyle.detectAndParse(text.substring(slash + 1), ChronoUnit.SECONDS)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
