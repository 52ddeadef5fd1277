package dev.flashsale.app.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;

/** Durations as in the settings: 30d, 10ms; a bare number is seconds. */
final class AsDuration implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        return DurationStyle.detectAndParse(value, ChronoUnit.SECONDS);
    }
}
