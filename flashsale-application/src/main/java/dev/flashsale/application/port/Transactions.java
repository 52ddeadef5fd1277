package dev.flashsale.application.port;

/**
 * Secondary port: runs work in one database transaction at READ COMMITTED.
 *
 * <p>Without a transaction on the caller's thread, one is begun and committed, and work that the database rolled back
 * or that may not have been committed is run again, at most {@value #MAX_ATTEMPTS} times. With one, the work joins it:
 * it is run once, and it is the caller who commits or rolls back.
 */
public interface Transactions {

    int MAX_ATTEMPTS = 3;

    /**
     * Runs the work and answers what it answered.
     *
     * @throws Busy if the database could not do it now: nothing was committed, or, where the connection was lost in
     *     COMMIT more than once, the outcome is unknown and asking again under the same ids tells it
     */
    <T> T run(Work<T> work);

    /** Whether the caller's thread has a transaction that {@link #run} would join. */
    boolean joined();

    /** Work that is safe to run twice. */
    @FunctionalInterface
    interface Work<T> {
        T run(Attempt attempt);
    }

    /**
     * Which run of the work this is.
     *
     * @param number 1 for the first
     */
    record Attempt(int number) {

        /** Whether an earlier run, here or of another caller, may have written under the ids of this work. */
        public boolean mayRepeat() {
            return number > 1;
        }
    }
}
