package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Runs a script one statement after the other, and keeps in {@code flashsale_schema_progress} how many are done: the database
 * commits each change of a table by itself, so what a program leaves that dies is half made. Whoever comes next goes on from
 * there. The row stays until the history has the version.
 *
 * @param connection without autocommit; nobody else migrates meanwhile
 */
record MigrationRun(Connection connection, Migration migration) {

    private static final String TABLE = """
            create table if not exists flashsale_schema_progress (
              version int not null,
              done int not null,
              repairing boolean not null,
              primary key (version)
            ) engine = InnoDB
            """;

    private static final int NO_SUCH_TABLE = 1146;

    /**
     * What somebody before has left.
     *
     * @param done the number of the last statement that is
     * @param begun whether there was somebody, who may have died once the next one was done, too
     * @param repairing whether any may be done
     */
    private record Progress(int done, boolean begun, boolean repairing) {}

    /**
     * @param repairing whether to begin with the first statement, whatever is there, and to take that for done
     * @throws SchemaNotReady if something is there that nobody has kept the progress of
     */
    void run(boolean repairing) throws SQLException {
        execute(TABLE);
        Progress progress = begin(repairing);
        boolean mayBeDone = progress.begun() || progress.repairing();
        List<MigrationStep> steps = migration.steps();
        for (int number = 1; number <= steps.size(); number++) {
            MigrationStep step = steps.get(number - 1);
            if (step.isOfSession()) {
                execute(step.sql());
            } else if (number > progress.done()) {
                if (step.changesRows()) {
                    // One transaction, noted first: one who died may have left it running, and is waited for there.
                    note(number);
                    execute(progress.repairing() ? step.repeatable() : step.sql());
                } else {
                    change(step, mayBeDone);
                    note(number);
                }
                connection.commit();
                mayBeDone = progress.repairing();
            }
        }
    }

    private Progress begin(boolean repairing) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select done, repairing from flashsale_schema_progress where version = ? for update")) {
            select.setInt(1, migration.version());
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && !repairing) {
                    Progress left = new Progress(row.getInt(1), true, row.getBoolean(2));
                    connection.commit();
                    return left;
                }
            }
        }
        update(
                "replace into flashsale_schema_progress (version, done, repairing) values (?, 0, ?)",
                migration.version(),
                repairing ? 1 : 0);
        connection.commit();
        return new Progress(0, false, repairing);
    }

    private void note(int number) throws SQLException {
        update("update flashsale_schema_progress set done = ? where version = ?", number, migration.version());
    }

    private void change(MigrationStep step, boolean mayBeDone) throws SQLException {
        try {
            execute(step.sql());
        } catch (SQLException refused) {
            if (!step.wasDone(refused)) {
                throw refused;
            }
            if (!mayBeDone) {
                // Else the next one would take this very statement for done, and go on.
                update("delete from flashsale_schema_progress where version = ?", migration.version());
                connection.commit();
                throw new SchemaNotReady(
                        "version " + migration.version()
                                + " of the tables was begun by an older program, or by hand, and not"
                                + " finished: " + refused.getMessage()
                                + ". `migrate --repair`, or Schema.repair, takes what is there of it and makes the rest;"
                                + " a table of that name that is not Flashsale's must be renamed first",
                        refused);
            }
        }
    }

    /** Once the history has these versions. */
    static void forget(Connection connection, int version) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from flashsale_schema_progress where version <= ?")) {
            delete.setInt(1, version);
            int unused = delete.executeUpdate();
        } catch (SQLException failed) {
            // An administrator has made them.
            if (failed.getErrorCode() != NO_SUCH_TABLE) {
                throw failed;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }

    private void update(String sql, int... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setInt(i + 1, values[i]);
            }
            int unused = statement.executeUpdate();
        }
    }
}
