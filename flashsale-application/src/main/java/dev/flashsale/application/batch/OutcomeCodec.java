package dev.flashsale.application.batch;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import java.util.Optional;

/**
 * How the outcomes of a use case are kept under idempotency keys: in words of plain ASCII with spaces between, within the
 * bounds of {@link KeptOutcome}. What was written by an older version must stay readable for as long as it is kept.
 */
public interface OutcomeCodec<Q, A> {

    /** Among which requests the key counts. */
    ScopedKey scoped(IdempotencyKey key, Q request);

    /** What makes another request of it. */
    String request(Q request);

    /** The outcome; empty for one that passes, so that asking again is worth it. */
    Optional<String> outcome(A outcome);

    /** The outcome that was written for that request. */
    A read(Q request, String outcome);
}
