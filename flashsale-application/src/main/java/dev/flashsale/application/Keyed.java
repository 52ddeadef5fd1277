package dev.flashsale.application;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/** A request and the idempotency key under which it was made, if any. */
record Keyed<Q>(Q request, @Nullable IdempotencyKey key) {

    static <Q> Keyed<Q> without(Q request) {
        return new Keyed<>(request, null);
    }
}
