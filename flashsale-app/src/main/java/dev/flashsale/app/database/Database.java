package dev.flashsale.app.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.flashsale.adapter.jdbc.Schema;
import dev.flashsale.adapter.jdbc.pool.FlashsalePool;
import dev.flashsale.adapter.jdbc.pool.Readiness;
import dev.flashsale.adapter.jdbc.pool.WriterDataSource;
import dev.flashsale.app.Problem;
import dev.flashsale.app.database.Finding.Severity;
import dev.flashsale.app.embedded.EmbeddedDatabase;
import dev.flashsale.app.settings.FlashsaleSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that the settings name, its schema up to date, and its pool. Closing it stops an embedded one. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final Access access;
    private final @Nullable EmbeddedDatabase embedded;
    private final HikariDataSource pool;
    private final Readiness readiness;

    private Database(Access access, @Nullable EmbeddedDatabase embedded, HikariDataSource pool) {
        this.access = access;
        this.embedded = embedded;
        this.pool = pool;
        this.readiness = new Readiness(pool, () -> pool.getHikariPoolMXBean().softEvictConnections());
    }

    /**
     * Reaches the database, or starts the embedded one where the settings name none.
     *
     * @throws Problem if that cannot be
     */
    public static Database open(FlashsaleSettings settings, Purpose purpose) {
        FlashsaleSettings.Database wanted = settings.database();
        if (!wanted.url().isBlank()) {
            Access access = new Access(wanted.url(), wanted.username(), wanted.password());
            refuseWhatSellsWrongly(access, new FirstContact(access, wanted.patience()).await(), purpose);
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

    private static void refuseWhatSellsWrongly(Access access, List<Finding> findings, Purpose purpose) {
        for (Finding finding : findings) {
            String told = "The " + access + ": " + finding.what() + " is " + finding.seen() + ": " + finding.advice();
            if (finding.severity() == Severity.REFUSE) {
                throw new Problem(told);
            }
            if (finding.severity() == Severity.WARN && purpose == Purpose.SERVE) {
                LOG.warn(told);
            }
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
        return new Database(access, embedded, FlashsalePool.open(pool(access, poolSize, purpose)));
    }

    /** A change of the schema takes as long as it takes, and is made once: no pool and no limit. */
    private static DataSource unlimited(Access access) {
        return new WriterDataSource(access.url(), access.properties(Duration.ZERO));
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

    /** Whether a change can be written now; told within 2 s. */
    public boolean answers() {
        return readiness.whyNot().isEmpty();
    }

    /** For people, in a few words. */
    public String description() {
        return embedded == null
                ? access.toString()
                : "embedded MariaDB, data " + (embedded.isKept() ? "kept in " : "thrown away afterwards, in ")
                        + embedded.folder() + ", reached at " + access.url() + " as "
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
