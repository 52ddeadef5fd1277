package dev.flashsale.domain.hold;

/**
 * What became of a wish to hold on for longer. A hold is extended once; a repetition is answered like the first time:
 * {@link Extended}, for as long as the hold is valid.
 */
public sealed interface ExtendOutcome {

    /** There is no such hold. */
    record UnknownHold(HoldId holdId) implements ExtendOutcome {}

    /** The hold is extended, by this call or by an earlier one. */
    record Extended(ActiveHold hold) implements ExtendOutcome {}

    /** Its pieces are in an order, which waits for its payment for a time of its own. */
    record AlreadyOrdered(HoldId holdId) implements ExtendOutcome {}

    /** The hold was given back. */
    record AlreadyReleased(HoldId holdId) implements ExtendOutcome {}

    /** Too late: the hold's time is over and its pieces return or have returned by themselves. */
    record AlreadyExpired(HoldId holdId) implements ExtendOutcome {}
}
