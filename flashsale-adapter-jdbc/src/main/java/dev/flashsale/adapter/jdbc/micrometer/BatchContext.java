package dev.flashsale.adapter.jdbc.micrometer;

import io.micrometer.observation.Observation;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of a batch while it is observed. */
public final class BatchContext extends Observation.Context {

    private final Supplier<List<@Nullable Object>> requests;

    BatchContext(Supplier<List<@Nullable Object>> requests) {
        this.requests = requests;
    }

    /** How many requests it has up to now. */
    int size() {
        return requests.get().size();
    }

    /** What its requests are observed by, up to now: those whose callers are observed. */
    List<Observation> observations() {
        return requests.get().stream()
                .filter(Objects::nonNull)
                .map(Observation.class::cast)
                .toList();
    }
}
