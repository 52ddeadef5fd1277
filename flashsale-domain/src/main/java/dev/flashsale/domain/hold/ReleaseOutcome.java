package dev.flashsale.domain.hold;

import java.time.Instant;

/**
 * What became of a wish to give a hold back. A repetition is answered like the first time: {@link Released}.
 */
public sealed interface ReleaseOutcome {

    /** There is no such hold. */
    record UnknownHold(HoldId holdId) implements ReleaseOutcome {}

    /** The hold is released, by this call or by an earlier one. */
    record Released(EndedHold hold) implements ReleaseOutcome {}

    /** Too late: the hold's pieces are in an order. */
    record AlreadyOrdered(HoldId holdId) implements ReleaseOutcome {}

    /** Too late: the hold's time is over and its pieces return or have returned by themselves. */
    record AlreadyExpired(HoldId holdId) implements ReleaseOutcome {}

    /** Decides on a locked hold. */
    static ReleaseOutcome decide(Hold hold, Instant now) {
        return switch (hold) {
            case ActiveHold active when active.validAt(now) -> new Released(active.end(HoldEnd.RELEASED));
            case ActiveHold expired -> new AlreadyExpired(expired.id());
            case EndedHold ended ->
                switch (ended.how()) {
                    case RELEASED -> new Released(ended);
                    case ORDERED -> new AlreadyOrdered(ended.id());
                    case EXPIRED -> new AlreadyExpired(ended.id());
                };
        };
    }
}
