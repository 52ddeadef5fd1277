package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;

/**
 * What {@code flashsale_schema_history} tells, which Flyway writes: a row for each migration that was made, and one without
 * success for one that failed. Read here so that whoever is up to date needs neither Flyway nor a right to change tables.
 *
 * @param exists whether anything was ever begun
 */
record SchemaHistory(boolean exists, TreeSet<Integer> made, TreeSet<Integer> failed) {

    /** As Flyway makes it for MySQL. */
    static final String SQL = """
            create table flashsale_schema_history (
              installed_rank int not null,
              version varchar(50),
              description varchar(200) not null,
              type varchar(20) not null,
              script varchar(1000) not null,
              checksum int,
              installed_by varchar(100) not null,
              installed_on timestamp not null default current_timestamp,
              execution_time int not null,
              success bool not null,
              constraint flashsale_schema_history_pk primary key (installed_rank)
            ) engine = InnoDB;
            create index flashsale_schema_history_s_idx on flashsale_schema_history (success);
            """;

    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_RIGHT = 1142;

    static SchemaHistory read(Connection connection) throws SQLException {
        SchemaHistory history = new SchemaHistory(true, new TreeSet<>(), new TreeSet<>());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select cast(version as signed), success"
                        + " from flashsale_schema_history where version is not null order by installed_rank")) {
            while (rows.next()) {
                (rows.getBoolean(2) ? history.made() : history.failed()).add(rows.getInt(1));
            }
        } catch (SQLException failed) {
            // Whoever has no right at all in the database is told that instead of whether the table is there.
            if (failed.getErrorCode() == NO_SUCH_TABLE || failed.getErrorCode() == NO_RIGHT) {
                return new SchemaHistory(false, new TreeSet<>(), new TreeSet<>());
            }
            throw failed;
        }
        history.failed().removeAll(history.made());
        return history;
    }

    /** Forgets what failed, of which Flyway would say for ever that it must be looked at. */
    static void forgetFailed(Connection connection) throws SQLException {
        if (!read(connection).failed().isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                int unused = statement.executeUpdate("delete from flashsale_schema_history where not success");
            }
        }
    }

    /** The last version that was made, 0 where there is none. */
    int version() {
        return made.isEmpty() ? 0 : made.last();
    }

    /**
     * Whether all of these were made.
     *
     * @throws SchemaTooNew if there is more than these
     */
    boolean has(List<Migration> migrations) {
        int needed = migrations.getLast().version();
        int newest = Math.max(version(), failed.isEmpty() ? 0 : failed.last());
        if (newest > needed) {
            throw new SchemaTooNew("the database has schema version " + newest
                    + ", made by a newer Flashsale: run that version or a newer one, or use another database");
        }
        return migrations.stream().allMatch(migration -> made.contains(migration.version()));
    }
}
