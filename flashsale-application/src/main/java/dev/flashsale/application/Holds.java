package dev.flashsale.application;

import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import java.util.Optional;

/**
 * What buyers do with holds. With a transaction on the caller's thread it is done in that; without, it is committed when it
 * is answered.
 *
 * <p>Every method throws {@link Busy} if the database could not do it now.
 */
public interface Holds {

    /** An id for a new hold: a UUID that nobody can guess. */
    HoldId newId();

    /** Reserves pieces for a short time. Safe to repeat under the same hold id. */
    HoldOutcome place(HoldRequest request);

    /**
     * As {@link #place(HoldRequest)}, and the outcome is kept under the key for 24 hours at least, unless it is one that
     * passes: whoever repeats the request gets it again, though it has another hold id. Other products or quantities under
     * the key are refused. A request that names a customer has its keys to itself. While the same request is being decided
     * elsewhere it waits for that.
     */
    KeyedOutcome<HoldOutcome> place(HoldRequest request, IdempotencyKey key);

    /** Gives a hold back. Safe to repeat. */
    ReleaseOutcome release(HoldId id);

    /**
     * Lets a hold last longer, as often as the sale's {@link Settings} say. Safe to repeat if the request says when the hold
     * expires, or if a hold is extended once at most.
     */
    ExtendOutcome extend(ExtendRequest request);

    /** As {@link #extend(ExtendRequest)}, of somebody who does not say when the hold expires. */
    default ExtendOutcome extend(HoldId id) {
        return extend(new ExtendRequest(id));
    }

    /**
     * Changes what a hold is of, all or nothing: more or less of a product, another product, one product less. It expires when
     * it did. Safe to repeat. To place it once more as it was first wished for is to use its id for another request.
     */
    HoldChangeOutcome change(ChangeRequest request);

    /** The hold as it reads now, with the order that it became; nothing if there is no such hold. */
    Optional<HoldView> view(HoldId id);
}
