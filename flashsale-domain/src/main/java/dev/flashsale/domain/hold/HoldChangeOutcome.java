package dev.flashsale.domain.hold;

/**
 * What became of a wish to change a hold. Where several could apply, the first in this order is the answer. Whatever is
 * refused leaves the hold as it was.
 */
public sealed interface HoldChangeOutcome {

    /** There is no such hold. */
    record UnknownHold(HoldId holdId) implements HoldChangeOutcome {}

    /** Its pieces are in an order. */
    record AlreadyOrdered(HoldId holdId) implements HoldChangeOutcome {}

    /** The hold was given back. */
    record AlreadyReleased(HoldId holdId) implements HoldChangeOutcome {}

    /** Too late: the hold's time is over and its pieces return or have returned by themselves. */
    record AlreadyExpired(HoldId holdId) implements HoldChangeOutcome {}

    /** A quantity alone does not say what a hold of several products shall be of. */
    record LinesRequired(HoldId holdId) implements HoldChangeOutcome {}

    /**
     * It would be of more than it may be, or than there is.
     *
     * @param why as a new hold would be refused, in the same order; what is available, or taken by the customer, is told
     *     beside what this hold has
     */
    record Refused(HoldId holdId, HoldOutcome why) implements HoldChangeOutcome {}

    /**
     * The hold is of what was wished for, by this call or by an earlier one.
     *
     * @param extensionsLeft how often it can still be extended
     */
    record Changed(ActiveHold hold, int extensionsLeft) implements HoldChangeOutcome {}
}
