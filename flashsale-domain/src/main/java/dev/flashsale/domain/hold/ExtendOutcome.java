package dev.flashsale.domain.hold;

/**
 * What became of a wish to hold on for longer. A repetition is answered like the first time: {@link Extended}, for as long
 * as the hold is valid. It is known by when the hold expired before; of who does not tell that, a wish is a repetition if
 * no extension is left of those that the hold had.
 */
public sealed interface ExtendOutcome {

    /** There is no such hold. */
    record UnknownHold(HoldId holdId) implements ExtendOutcome {}

    /**
     * The hold is extended, by this call or by an earlier one; not for longer where the sale ends.
     *
     * @param extensionsLeft how often it can still be extended
     */
    record Extended(ActiveHold hold, int extensionsLeft) implements ExtendOutcome {}

    /** The hold stays as it is: it was extended as often as it can be, or no hold is. */
    record NoExtensionsLeft(HoldId holdId) implements ExtendOutcome {}

    /** Its pieces are in an order, which waits for its payment for a time of its own. */
    record AlreadyOrdered(HoldId holdId) implements ExtendOutcome {}

    /** The hold was given back. */
    record AlreadyReleased(HoldId holdId) implements ExtendOutcome {}

    /** Too late: the hold's time is over and its pieces return or have returned by themselves. */
    record AlreadyExpired(HoldId holdId) implements ExtendOutcome {}
}
