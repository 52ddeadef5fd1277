package dev.flashsale.domain.product;

import org.jspecify.annotations.Nullable;

/** What becomes of something that may be set or not: it stays as it is, or is another afterwards. */
public sealed interface Edit<T> {

    /** It stays. */
    record Keep<T>() implements Edit<T> {}

    /**
     * It is that afterwards.
     *
     * @param value none removes what was set
     */
    record To<T>(@Nullable T value) implements Edit<T> {}

    /** What it is afterwards. */
    default @Nullable T of(@Nullable T before) {
        return switch (this) {
            case Keep<T> keep -> before;
            case To<T> to -> to.value();
        };
    }
}
