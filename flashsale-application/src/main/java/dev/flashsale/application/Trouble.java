package dev.flashsale.application;

/** Why something could not be done now. */
public enum Trouble {
    /** Too many wait for the same, or it was waited for too long, or the thread was interrupted. The database was not asked. */
    QUEUE,
    /** Others have the same rows locked, or changed them first, as often as it was tried. */
    CONTENTION,
    /** A statement took longer than the server lets it, or an operator ended it. */
    TIME_LIMIT,
    /** No connection was to be had: too many are open, none came free in time, or no server is reached. */
    NO_CONNECTION,
    /** The connection broke, or the server is shutting down or has left its cluster. */
    CONNECTION_LOST,
    /** The server takes no writes: another one is the writer. */
    NOT_WRITER,
    /** The server has no room left, on disk or in memory, or cannot write to its disk. */
    STORAGE,
    /** A table, a right or a setting is missing: {@link NotSetUp}. */
    SETUP
}
