package dev.flashsale.domain.testing;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.operator.Subject;
import java.util.Map;
import java.util.Optional;

final class InMemoryOperatorLog implements OperatorLog {

    private final InMemoryDatabase database;

    InMemoryOperatorLog(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void add(LogEntry entry) {
        synchronized (database) {
            database.tables().operatorLog.add(entry);
        }
    }

    @Override
    public boolean has(LogEntry entry) {
        synchronized (database) {
            return database.tables().operatorLog.contains(entry);
        }
    }

    @Override
    public Slice<Long, LoggedEntry> page(Optional<Subject> doneTo, Optional<Long> before, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    Tables.lastFirst(database.tables().operatorLog, LoggedEntry::new)
                            .filter(row -> doneTo.isEmpty()
                                    || doneTo.get().equals(row.entry().doneTo()))
                            .filter(row -> before.isEmpty() || row.number() < before.get())
                            .map(row -> Map.entry(row.number(), row)),
                    limit);
        }
    }
}
