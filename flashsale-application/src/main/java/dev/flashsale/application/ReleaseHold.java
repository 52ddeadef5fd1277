package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.ReleaseOutcome;

/** Use case: give a hold's pieces back before its time is over. */
@FunctionalInterface
public interface ReleaseHold {

    /**
     * Safe to repeat.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    ReleaseOutcome release(HoldId holdId);
}
