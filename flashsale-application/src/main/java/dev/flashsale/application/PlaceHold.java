package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;

/** Use case: reserve pieces of a product for a short time. */
@FunctionalInterface
public interface PlaceHold {

    /**
     * Decides and, when granted, has committed the hold. With a transaction on the caller's thread the hold is part of
     * it. Safe to repeat under the same hold id.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    HoldOutcome place(HoldRequest request);
}
