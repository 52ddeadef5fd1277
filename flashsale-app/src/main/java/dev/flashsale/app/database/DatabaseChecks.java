package dev.flashsale.app.database;

import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.SchemaNotReady;
import dev.flashsale.adapter.jdbc.SchemaTooNew;
import dev.flashsale.adapter.jdbc.pool.WriterDataSource;
import dev.flashsale.app.Problem;
import dev.flashsale.app.database.Finding.Severity;
import dev.flashsale.app.settings.FlashsaleSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What the database is like that the settings name, and the tables in it. Starts none and makes no table. */
public final class DatabaseChecks {

    private static final int COMMITS = 10;
    private static final Duration SLOW_COMMIT = Duration.ofMillis(50);

    private DatabaseChecks() {}

    /**
     * In the order in which people are told.
     *
     * @param commits whether to measure them, by a row that is added and removed
     */
    public static List<Finding> of(FlashsaleSettings settings, boolean commits) {
        FlashsaleSettings.Database wanted = settings.database();
        if (wanted.url().isBlank()) {
            return List.of(Finding.ok(
                    "database",
                    "the embedded MariaDB, to try things out, in "
                            + settings.embedded().path()));
        }
        List<Finding> all = new ArrayList<>();
        try {
            Access access = new Access(wanted.url(), wanted.username(), wanted.password());
            List<Finding> server = new FirstContact(access, wanted.patience()).await();
            all.add(Finding.ok("database", access.toString()));
            all.addAll(server);
            DataSource database = new WriterDataSource(access.url(), access.properties(wanted.patience()));
            Finding tables = tables(database);
            all.add(tables);
            if (commits && tables.severity() == Severity.OK) {
                all.add(commitTime(database));
            }
        } catch (Problem problem) {
            all.add(new Finding("database", "cannot be used", Severity.REFUSE, String.valueOf(problem.getMessage())));
        }
        return all;
    }

    private static Finding tables(DataSource database) {
        try {
            Schema.validate(database);
            return Finding.ok("tables", "version " + Schema.version());
        } catch (SchemaTooNew newer) {
            return new Finding("tables", "of a newer version", Severity.REFUSE, String.valueOf(newer.getMessage()));
        } catch (SchemaNotReady lacking) {
            return new Finding("tables", "not ready", Severity.WARN, String.valueOf(lacking.getMessage()));
        }
    }

    private static Finding commitTime(DataSource database) {
        String key = "doctor " + UUID.randomUUID();
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement("insert into flashsale_idempotency_key"
                        + " (id, request, outcome, kept_at) values (?, '', '', utc_timestamp(6))");
                PreparedStatement remove =
                        connection.prepareStatement("delete from flashsale_idempotency_key where id = ?")) {
            connection.setAutoCommit(true);
            add.setString(1, key);
            remove.setString(1, key);
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < COMMITS; i++) {
                for (PreparedStatement one : List.of(add, remove)) {
                    long begun = System.nanoTime();
                    int unused = one.executeUpdate();
                    nanos.add(System.nanoTime() - begun);
                }
            }
            Duration median = Duration.ofNanos(nanos.stream().sorted().toList().get(nanos.size() / 2));
            return Finding.of(
                    "commit of one row",
                    "%.2f ms".formatted(median.toNanos() / 1e6),
                    Severity.WARN,
                    median.compareTo(SLOW_COMMIT) <= 0,
                    "look at the server's disk, and at how long its replicas are waited for: each batch waits for one commit");
        } catch (SQLException e) {
            return new Finding("commit of one row", "not told", Severity.WARN, String.valueOf(e.getMessage()));
        }
    }
}
