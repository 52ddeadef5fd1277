package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;

/** Use case: reserve pieces of a product, once for all repetitions of a request. */
@FunctionalInterface
public interface PlaceHoldOnce {

    /**
     * As {@link PlaceHold}, and the outcome is kept under the key for 24 hours at least, unless it is one that passes:
     * whoever repeats the request gets it again, though it has another hold id. Another product or quantity under the key
     * is refused. A request that names a customer has its keys to itself. While the same request is being decided
     * elsewhere it waits for that.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    KeyedOutcome<HoldOutcome> place(HoldRequest request, IdempotencyKey key);
}
