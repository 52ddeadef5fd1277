package dev.flashsale.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.app.embedded.EmbeddedDatabase;
import dev.flashsale.app.settings.FlashsaleSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The database that the settings name, its schema up to date, and its pool. Closing it stops an embedded one. */
public final class Database implements AutoCloseable {

    private final Access access;
    private final @Nullable EmbeddedDatabase embedded;
    private final HikariDataSource pool;

    private Database(Access access, @Nullable EmbeddedDatabase embedded, HikariDataSource pool) {
        this.access = access;
        this.embedded = embedded;
        this.pool = pool;
    }

    /**
     * Reaches the database, or starts the embedded one where the settings name none.
     *
     * @throws dev.flashsale.app.Problem if that cannot be
     */
    public static Database open(FlashsaleSettings settings, Purpose purpose) {
        FlashsaleSettings.Database wanted = settings.database();
        if (!wanted.url().isBlank()) {
            Access access = new Access(wanted.url(), wanted.username(), wanted.password());
            new FirstContact(access, wanted.patience()).await();
            return migrated(access, null, wanted.poolSize(), purpose);
        }
        EmbeddedDatabase embedded = start(settings.embedded(), purpose);
        try {
            Access access = new Access(embedded.url(), embedded.username(), "");
            return migrated(access, embedded, wanted.poolSize(), purpose);
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    private static EmbeddedDatabase start(FlashsaleSettings.Embedded settings, Purpose purpose) {
        return switch (purpose) {
            case SERVE -> EmbeddedDatabase.start(settings.path());
            case OPERATE, REPAIR_TABLES -> EmbeddedDatabase.startOrJoin(settings.path());
            case TRY_OUT -> EmbeddedDatabase.startThrowAway(settings.path());
        };
    }

    private static Database migrated(
            Access access, @Nullable EmbeddedDatabase embedded, int poolSize, Purpose purpose) {
        if (purpose == Purpose.REPAIR_TABLES) {
            Schema.repair(unlimited(access));
        } else {
            Schema.migrate(unlimited(access));
        }
        return new Database(access, embedded, new HikariDataSource(pool(access, poolSize, purpose)));
    }

    /** A change of the schema takes as long as it takes, and is made once: no pool and no limit. */
    private static DataSource unlimited(Access access) {
        return new DriverManagerDataSource(access.url(), access.properties(Duration.ZERO));
    }

    private static HikariConfig pool(Access access, int size, Purpose purpose) {
        HikariConfig config = access.pool(purpose.answerWithin());
        config.setPoolName("flashsale");
        config.setMaximumPoolSize(size);
        return config;
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Has the pool tell how many connections are in use and how long one waits for one. */
    public void measureWith(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
    }

    /** Whether a statement can be run now. */
    public boolean answers() {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException notNow) {
            return false;
        }
    }

    /** For people, in a few words. */
    public String description() {
        return embedded == null
                ? access.toString()
                : "embedded MariaDB, data kept in " + embedded.folder() + ", reached at " + access.url() + " as "
                        + embedded.username();
    }

    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
