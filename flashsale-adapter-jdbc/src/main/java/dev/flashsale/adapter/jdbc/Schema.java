package dev.flashsale.adapter.jdbc;

import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/**
 * The tables, all named {@code flashsale_…}, and their history in {@code flashsale_schema_history}: a host's own
 * migrations in the same database are left alone.
 */
public final class Schema {

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
        flyway.migrate();
    }

    private static boolean isFuture(MigrationState state) {
        return state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED;
    }

    private static void refuse(MigrationInfo migration) {
        throw new SchemaTooNew("the database has schema version " + migration.getVersion()
                + ", made by a newer Flashsale: run that version or a newer one, or use another database");
    }
}
