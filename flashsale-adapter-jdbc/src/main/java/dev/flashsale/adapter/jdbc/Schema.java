package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The tables, all named {@code flashsale_…}, and what was made of them, in {@code flashsale_schema_history}: a host's own
 * tables and migrations in the same database are left alone. Their SQL is on the class path, one script for each version,
 * in {@code dev/flashsale/adapter/jdbc/migration}; {@link #sql()} also writes that history, for whoever does without Flyway.
 *
 * @since 0.1
 */
public final class Schema {

    private Schema() {}

    /**
     * Brings the database to this version. Safe to repeat and to run on several nodes at once; one that died, at any
     * statement, is gone on from where it stopped. Only where there is something to do it needs the rights to create and change
     * tables. Where Flyway is on the class path, {@code org.flywaydb:flyway-core} and {@code org.flywaydb:flyway-mysql}, it sees
     * to that; Galera needs it.
     *
     * @throws SchemaTooNew if a newer version has been here; nothing was changed
     * @throws SchemaNotReady if a table of one of our names is there already (nothing was changed), an older program has left
     *     a version half made (then {@link #repair} makes the rest of it), a right is missing, or the database refuses
     */
    public static void migrate(DataSource dataSource) {
        migrate(dataSource, Migration.all());
    }

    /**
     * As {@link #migrate}, for what an older program, or an administrator, left half made: what there is of the next version
     * is taken for done, whoever did it.
     */
    public static void repair(DataSource dataSource) {
        migrate(dataSource, Migration.all(), true);
    }

    static void migrate(DataSource dataSource, List<Migration> migrations) {
        migrate(dataSource, migrations, false);
    }

    static void migrate(DataSource dataSource, List<Migration> migrations, boolean repairing) {
        DataSource alone = RelatedDataSources.outsideTransactions(dataSource);
        SchemaHistory history = look(alone, migrations);
        if (!history.has(migrations)) {
            int repaired = repairing ? after(history, migrations) : 0;
            if (hasFlyway()) {
                FlywayMigration.run(alone, migrations.getLast().version(), repaired);
            } else {
                MigrationByHand.run(alone, migrations, repaired);
            }
        }
        validate(alone, migrations);
    }

    private static boolean hasFlyway() {
        try {
            return Class.forName("org.flywaydb.core.Flyway", false, Schema.class.getClassLoader()) != null;
        } catch (ClassNotFoundException without) {
            return false;
        }
    }

    /** The next version, whose number need not be the next one. */
    private static int after(SchemaHistory history, List<Migration> migrations) {
        return migrations.stream()
                .mapToInt(Migration::version)
                .filter(version -> version > history.version())
                .findFirst()
                .orElse(0);
    }

    /** Refuses what Flyway would leave half made. */
    private static SchemaHistory look(DataSource dataSource, List<Migration> migrations) {
        return onConnection(dataSource, connection -> {
            // The tables first: a node that begins meanwhile makes the history before them.
            Set<String> tables = tables(connection);
            SchemaHistory history = SchemaHistory.read(connection);
            if (!history.exists()) {
                List<String> taken =
                        ours(migrations).stream().filter(tables::contains).toList();
                if (!taken.isEmpty()) {
                    throw new SchemaNotReady("there are tables already that are named as Flashsale's are to be: "
                            + String.join(", ", taken) + ". Nothing was changed: rename them, or use another database");
                }
            }
            return history;
        });
    }

    /**
     * Does nothing if the database is at this version: two short reads, which need no other right than to read it.
     *
     * @throws SchemaTooNew if a newer version has been here
     * @throws SchemaNotReady if something is missing
     */
    public static void validate(DataSource dataSource) {
        validate(RelatedDataSources.outsideTransactions(dataSource), Migration.all());
    }

    private static void validate(DataSource dataSource, List<Migration> migrations) {
        boolean unused = onConnection(dataSource, connection -> {
            SchemaHistory history = SchemaHistory.read(connection);
            if (!history.has(migrations)) {
                throw new SchemaNotReady(lack(history, migrations.getLast().version()));
            }
            Set<String> there = tables(connection);
            List<String> missing = ours(migrations).stream()
                    .filter(table -> !there.contains(table))
                    .toList();
            if (!missing.isEmpty()) {
                throw new SchemaNotReady(
                        "flashsale_schema_history knows of tables that are not there, or that this user has"
                                + " no right to: " + String.join(", ", missing));
            }
            return true;
        });
    }

    private static String lack(SchemaHistory history, int needed) {
        int version = history.version();
        return (version == 0
                        ? "there are no tables of Flashsale in this database"
                        : "the tables are at version " + version + ", and " + needed + " is needed")
                + ": run Schema.migrate or `migrate`, or the SQL that Schema.sql(" + version
                + ") and `migrate --print --from " + version + "` show";
    }

    /** The version that this program needs. */
    public static int version() {
        return Migration.all().getLast().version();
    }

    /**
     * The SQL of an empty database's tables, for MySQL and MariaDB, to be run by an administrator, or by a change set of
     * Liquibase's. It writes the history too, so that {@link #migrate} goes on from there.
     */
    public static String sql() {
        return sql(0);
    }

    /**
     * The SQL that brings a database from an earlier version to this one.
     *
     * @param from what the database has, 0 for nothing
     */
    public static String sql(int from) {
        if (from < 0 || from > version()) {
            throw new IllegalArgumentException("from must be 0 to " + version() + ", not " + from);
        }
        return Migration.all().stream()
                .filter(migration -> migration.version() > from)
                .map(Migration::sql)
                .collect(Collectors.joining("\n", from == 0 ? SchemaHistory.SQL + "\n" : "", ""));
    }

    private static List<String> ours(List<Migration> migrations) {
        return migrations.stream().flatMap(Migration::newTables).toList();
    }

    /** Those of ours that this user sees. */
    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> tables = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select table_name from information_schema.tables"
                        + " where table_schema = database() and table_name like 'flashsale%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private interface Look<T> {
        T at(Connection connection) throws SQLException;
    }

    private static <T> T onConnection(DataSource dataSource, Look<T> look) {
        try (Connection connection = dataSource.getConnection()) {
            try {
                return look.at(connection);
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLException failed) {
            throw new SchemaNotReady("the tables cannot be looked at: " + failed.getMessage(), failed);
        }
    }
}
