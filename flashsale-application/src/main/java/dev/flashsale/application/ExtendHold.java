package dev.flashsale.application;

import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldId;

/** Use case: hold on for longer, once. */
@FunctionalInterface
public interface ExtendHold {

    /**
     * Safe to repeat.
     *
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    ExtendOutcome extend(HoldId holdId);
}
