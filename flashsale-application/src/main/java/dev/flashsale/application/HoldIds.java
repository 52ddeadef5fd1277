package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import java.security.SecureRandom;

/** Makes hold ids: unguessable, and placed together in the index when made together. */
final class HoldIds {

    private final SecureRandom random = new SecureRandom();

    /** The node's clock is good enough here: it places the id in the index and decides nothing. */
    HoldId next() {
        return HoldId.timeOrdered(System.currentTimeMillis(), random);
    }
}
