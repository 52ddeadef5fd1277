package dev.flashsale.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.jdbc.Results;

/**
 * Has Flyway find out what is missing, see to it that one node makes it, and write the history; the statements are run by
 * {@link MigrationRun}. Loaded only where something is missing, since a host may do without Flyway.
 */
final class FlywayMigration {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private FlywayMigration() {}

    /**
     * Nodes that start together in a database with a host's tables may all want to make the history: Flyway lets one of
     * them and fails in the others until it has its first row. It fails, too, in those that waited for one that failed.
     *
     * @param repaired the version of which something may be there, 0 for none
     */
    static void run(DataSource dataSource, int version, int repaired) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:dev/flashsale/adapter/jdbc/migration")
                .skipDefaultResolvers(true)
                .resolvers(new Scripts(repaired))
                .table("flashsale_schema_history")
                .target(Integer.toString(version))
                // A host's tables may be there already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        for (int attempt = 1; ; attempt++) {
            change(dataSource, SchemaHistory::forgetFailed);
            try {
                flyway.migrate();
                change(dataSource, connection -> MigrationRun.forget(connection, version));
                return;
            } catch (FlywayException failed) {
                if (attempt == MAX_ATTEMPTS || !isOfAnotherNode(failed)) {
                    throw new SchemaNotReady(
                            "the tables could not be made: " + reason(failed)
                                    + ". Put that right and migrate again, which goes on where it stopped; `migrate --repair`"
                                    + " begins that version anew and takes for done what is there of it. Schema.sql and"
                                    + " `migrate --print` show its statements",
                            failed);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    private static void change(DataSource dataSource, Change change) {
        try (Connection connection = dataSource.getConnection()) {
            change.on(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException failed) {
            throw new SchemaNotReady("what was made of the tables cannot be kept: " + failed.getMessage(), failed);
        }
    }

    private static boolean isOfAnotherNode(FlywayException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("baseline") || message.contains("failed migration");
    }

    /** What the database said, without what Flyway has to say of it. */
    private static String reason(FlywayException failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip();
    }

    private record Scripts(int repaired) implements MigrationResolver {

        @Override
        public Collection<ResolvedMigration> resolveMigrations(Context context) {
            return Migration.all().stream()
                    .<ResolvedMigration>map(migration -> new Script(migration, migration.version() == repaired))
                    .toList();
        }
    }

    /** To Flyway it is what it would have found on the class path. */
    private record Script(Migration migration, boolean repairing) implements ResolvedMigration, MigrationExecutor {

        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion(Integer.toString(migration.version()));
        }

        @Override
        public String getDescription() {
            return migration.description();
        }

        @Override
        public String getScript() {
            return migration.script();
        }

        @Override
        public String getPhysicalLocation() {
            return migration.script();
        }

        @Override
        public Integer getChecksum() {
            return migration.checksum();
        }

        @Override
        public boolean checksumMatches(Integer checksum) {
            return getChecksum().equals(checksum);
        }

        @Override
        public boolean checksumMatchesWithoutBeingIdentical(Integer checksum) {
            return false;
        }

        @Override
        public CoreMigrationType getType() {
            return CoreMigrationType.SQL;
        }

        @Override
        public MigrationExecutor getExecutor() {
            return this;
        }

        @Override
        public List<Results> execute(org.flywaydb.core.api.executor.Context context) throws SQLException {
            new MigrationRun(context.getConnection(), migration).run(repairing);
            return List.of();
        }

        /** So that it gets a connection without autocommit. */
        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public boolean shouldExecute() {
            return true;
        }
    }
}
