package dev.flashsale.application.batch;

/**
 * Whether a leader lets others come before it takes its batch. The batch before has just been answered: its callers are
 * about to come back, and are in this batch rather than the next, if the leader gives up one turn of the scheduler. Its own
 * leader, above all, would else be back first, and take a batch of one. Where they may join later, that would only make
 * them wait. What it is worth is in docs/decisions/0006.
 */
final class Courtesy {

    /**
     * Whether all who shared the batch before may join the next one: it let them, and was of one lane. Written under the
     * lock of the group commit and read without it: to have missed the last word costs a turn, or a smaller batch.
     */
    private volatile boolean othersMayJoin;

    /** A batch has taken its requests; whether it will let others join is not known yet. */
    void taken() {
        othersMayJoin = false;
    }

    /** A batch lets others join. */
    void joinable(int lanes) {
        othersMayJoin = lanes == 1;
    }

    /** @param atOnce whether the leader leads since nobody was in its way, rather than after a wait */
    @SuppressWarnings("ThreadPriorityCheck")
    void letOthersCome(boolean atOnce) {
        if (!atOnce || !othersMayJoin) {
            Thread.yield();
        }
    }
}
