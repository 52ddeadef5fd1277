package dev.flashsale.domain.operator;

import java.util.List;

/** Secondary port: what operators did. Entries are only ever added. */
public interface OperatorLog {

    void add(LogEntry entry);

    /** Whether that very entry was added, by this transaction or one that is committed. Nothing is locked. */
    boolean has(LogEntry entry);

    /** What was done to a product or an order with that number, the last first: at most {@code limit}. Nothing is locked. */
    List<LogEntry> of(long subject, int limit);
}
