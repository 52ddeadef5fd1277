package dev.flashsale.app;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A shape that has something of everything, to see how {@link Api} writes it. */
public sealed interface ApiSample<T extends Comparable<T>> {
    int LIMIT = 5;

    @Nullable
    T value() throws IOException;

    default T orElse(T other) {
        return other;
    }

    record Some<T extends Comparable<T>>(T value) implements ApiSample<T> {}

    enum None implements ApiSample<String> {
        NONE;

        @Override
        public @Nullable String value() {
            return null;
        }
    }
}
