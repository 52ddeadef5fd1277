package dev.flashsale.domain.testing;

import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.OperatorLog;
import java.util.List;

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
    public List<LogEntry> of(long subject, int limit) {
        synchronized (database) {
            return database.tables().operatorLog.reversed().stream()
                    .filter(entry -> entry.subject() == subject)
                    .limit(limit)
                    .toList();
        }
    }
}
