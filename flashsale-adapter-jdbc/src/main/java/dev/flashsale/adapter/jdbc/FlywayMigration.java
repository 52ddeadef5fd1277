package dev.flashsale.adapter.jdbc;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Has Flyway make what is missing. Loaded only where something is, since a host may do without Flyway. */
final class FlywayMigration {

    private static final int MAX_ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private FlywayMigration() {}

    /**
     * Nodes that start together in a database with a host's tables may all want to make the history: Flyway lets one of
     * them and fails in the others until it has its first row.
     */
    static void run(DataSource dataSource, int version) {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:dev/flashsale/adapter/jdbc/migration")
                .table("flashsale_schema_history")
                .target(Integer.toString(version))
                // A host's tables may be there already.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        for (int attempt = 1; ; attempt++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException failed) {
                if (attempt == MAX_ATTEMPTS
                        || !String.valueOf(failed.getMessage()).contains("baseline")) {
                    throw new SchemaNotReady(
                            "the tables could not be made: " + reason(failed)
                                    + ". Put that right and migrate again; if a script was half done, first undo by hand"
                                    + " what it had done (Schema.sql and `migrate --print` show it) and delete its row, the"
                                    + " one without success, from flashsale_schema_history",
                            failed);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** What the database said, without what Flyway has to say of it. */
    private static String reason(FlywayException failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip();
    }
}
