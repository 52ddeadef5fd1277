package dev.flashsale.application.batch;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it waits in a queue.
 *
 * @param key its idempotency key, if it has one
 * @param within what its caller is in the middle of, if that is observed
 */
public record Asked<Q>(
        Q request, @Nullable IdempotencyKey key, @Nullable Object within) {

    static <Q> List<Q> requests(List<Asked<Q>> asked) {
        return asked.stream().map(Asked::request).toList();
    }
}
