package dev.flashsale.adapter.jdbc;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * The tables, all named {@code flashsale_…}, and their history in {@code flashsale_schema_history}: a host's own
 * migrations in the same database are left alone.
 */
public final class Schema {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Schema() {}

    /**
     * Brings the database to this version. Safe to repeat and to run on several nodes at once.
     *
     * @throws SchemaTooNew if a newer version has been here; nothing was changed
     */
    public static void migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:dev/flashsale/adapter/jdbc/migration")
                .table("flashsale_schema_history")
                // A host's tables may be there already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        Arrays.stream(flyway.info().all())
                .filter(migration -> isFuture(migration.getState()))
                .findFirst()
                .ifPresent(Schema::refuse);
        migrate(flyway);
    }

    /**
     * Nodes that start together in a database with a host's tables may all want to make the history: Flyway lets one of
     * them and fails in the others until it has its first row.
     */
    private static void migrate(Flyway flyway) {
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException failed) {
                if (attempt == MAX_ATTEMPTS
                        || !String.valueOf(failed.getMessage()).contains("baseline")) {
                    throw failed;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean isFuture(MigrationState state) {
        return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
    }

    private static void refuse(MigrationInfo migration) {
        throw new SchemaTooNew("the database has schema version " + migration.getVersion()
                + ", made by a newer Flashsale: run that version or a newer one, or use another database");
    }
}
