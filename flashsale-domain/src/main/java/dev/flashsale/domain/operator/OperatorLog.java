package dev.flashsale.domain.operator;

import dev.flashsale.domain.Slice;
import java.util.Optional;

/** Secondary port: what operators did. Entries are only ever added. */
public interface OperatorLog {

    void add(LogEntry entry);

    /** Whether that very entry was added, by this transaction or one that is committed. Nothing is locked. */
    boolean has(LogEntry entry);

    /**
     * A page of what was done, by number, the last first. Nothing is locked.
     *
     * @param doneTo to what; empty for all there is
     * @param before the number of the last one of the page before; empty for the first page
     * @param limit at most this many
     */
    Slice<Long, LoggedEntry> page(Optional<Subject> doneTo, Optional<Long> before, int limit);
}
