package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.Trouble;

/** What an error of the database means, and so what to do about it. Which numbers mean it: {@link Faults}. */
enum Fault {
    /** Deadlock or failed certification: the transaction was rolled back. Run it again. */
    ROLLED_BACK(
            Trouble.CONTENTION,
            "look for long transactions that lock the same rows, of other programs or by hand; a cluster's writers may"
                    + " be one"),
    /** Waited too long for a lock: only the statement was rolled back. Roll back, then run it again. */
    LOCK_WAIT(
            Trouble.CONTENTION,
            "look for whoever keeps rows locked: a session by hand, a backup, a dead client, or the server itself, which waits"
                    + " in COMMIT while the disk of its binary log is full"),
    /** A key that we made exists: an earlier run or another node was first. Run again and find it. */
    DUPLICATE_KEY(Trouble.CONTENTION, "a row is there that nobody knows of"),
    /** A limit or an operator ended the statement, and it alone was rolled back. Roll back, then run it again. */
    STOPPED(
            Trouble.TIME_LIMIT,
            "raise the server's or the proxy's time limit for statements, or see who ends them, and why they take long"),
    /** This server takes no writes. Leave the connection and run it again on another. */
    NOT_WRITER(
            Trouble.NOT_WRITER,
            "the address must lead to the writer; if this server is to be it, end its read_only or its recovery mode"),
    /** The transaction never began: too many connections, or none free in the pool or behind a proxy in time. */
    NEVER_STARTED(
            Trouble.NO_CONNECTION,
            "see whether the server and the proxy before it run, and whether they allow as many connections as all"
                    + " pools together have"),
    /** The connection is gone or of no more use: rolled back if this was before COMMIT, unknown if it was during COMMIT. */
    CONNECTION_LOST(Trouble.CONNECTION_LOST, "see whether the server and what is before it run, and their own logs"),
    /** The server cannot write, or has no room to: whatever is tried meanwhile fails, too. */
    STORAGE(
            Trouble.STORAGE,
            "make room on the server's disk, or give it the memory that it lacks; its log says which. Sales go on by"
                    + " themselves then"),
    /** A table, a right or a setting is missing: nobody's request is to blame, and somebody has to mend it. */
    SETUP(Trouble.SETUP, "mend it; sales go on by themselves then"),
    /** What one request's data can cause, or a defect: trying again does not help. */
    OTHER(Trouble.SETUP, "");

    private final Trouble trouble;
    private final String advice;

    Fault(Trouble trouble, String advice) {
        this.trouble = trouble;
        this.advice = advice;
    }

    Trouble trouble() {
        return trouble;
    }

    /** What an operator can do. */
    String advice() {
        return advice;
    }

    /** Whether the connection must not be used again, whatever its pool thinks of it. */
    boolean leavesConnection() {
        return this == CONNECTION_LOST || this == NOT_WRITER;
    }

    /** Whether the same may succeed a moment later. */
    boolean isWorthAnotherAttempt() {
        return this == DUPLICATE_KEY || (passes() && this != NEVER_STARTED && this != STORAGE);
    }

    /** Whether the same may succeed later. A key that exists in spite of having been looked for is a defect. */
    boolean passes() {
        return this != DUPLICATE_KEY && this != SETUP && this != OTHER;
    }
}
