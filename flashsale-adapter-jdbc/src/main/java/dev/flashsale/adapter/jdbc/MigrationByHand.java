package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes what is missing for a host without Flyway, and writes the history as Flyway would: either goes on from what the other
 * has made. One node does it, under a lock of the server's that goes with its connection; where there is no such lock, on
 * Galera, Flyway is needed.
 */
final class MigrationByHand {

    /** A driver's answer may be waited for shorter than the longest of migrations. */
    private static final int ASK_FOR_SECONDS = 1;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String LOCK = "concat('flashsale_schema_', left(sha2(database(), 256), 40))";

    private final Connection connection;
    private final List<Migration> migrations;
    private final int repaired;

    private MigrationByHand(Connection connection, List<Migration> migrations, int repaired) {
        this.connection = connection;
        this.migrations = migrations;
        this.repaired = repaired;
    }

    /** @param repaired the version of which something may be there, 0 for none */
    static void run(DataSource dataSource, List<Migration> migrations, int repaired) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            new MigrationByHand(connection, migrations, repaired).runAlone();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException failed) {
            throw new SchemaNotReady(
                    "the tables could not be made: " + failed.getMessage() + ". Put that right and migrate again, which"
                            + " goes on where it stopped; Schema.sql and `migrate --print` show the statements",
                    failed);
        }
    }

    private void runAlone() throws SQLException {
        connection.setAutoCommit(true);
        lock();
        try {
            connection.setAutoCommit(false);
            make();
        } finally {
            connection.rollback();
            long unused = ask("release_lock(" + LOCK + ")");
        }
    }

    private void lock() throws SQLException {
        try {
            for (int second = 0; second < PATIENCE.toSeconds(); second += ASK_FOR_SECONDS) {
                if (ask("get_lock(" + LOCK + ", " + ASK_FOR_SECONDS + ")") == 1) {
                    return;
                }
            }
        } catch (SQLException noSuchLock) {
            throw new SchemaNotReady(
                    "this server has no lock under which one node alone can make the tables (" + noSuchLock.getMessage()
                            + "): add org.flywaydb:flyway-core and org.flywaydb:flyway-mysql, or have an administrator run"
                            + " what Schema.sql and `migrate --print` show",
                    noSuchLock);
        }
        throw new SchemaNotReady("another node has been making the tables for " + PATIENCE.toMinutes()
                + " minutes: look" + " what it does, and start this one again");
    }

    private void make() throws SQLException {
        if (!SchemaHistory.read(connection).exists()) {
            for (String statement : SchemaHistory.SQL.strip().split(";\\R?", -1)) {
                if (!statement.isBlank()) {
                    execute(statement);
                }
            }
        }
        SchemaHistory.forgetFailed(connection);
        connection.commit();
        SchemaHistory history = SchemaHistory.read(connection);
        for (Migration migration : migrations) {
            if (!history.made().contains(migration.version())) {
                new MigrationRun(connection, migration).run(migration.version() == repaired);
                execute(migration.historySql());
                connection.commit();
            }
        }
        MigrationRun.forget(connection, migrations.getLast().version());
        connection.commit();
    }

    private long ask(String function) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + function);
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(sql);
        }
    }
}
