package dev.flashsale.application.batch;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as it waits in a queue, with its idempotency key if it has one. */
public record Asked<Q>(Q request, @Nullable IdempotencyKey key) {

    static <Q> List<Q> requests(List<Asked<Q>> asked) {
        return asked.stream().map(Asked::request).toList();
    }
}
