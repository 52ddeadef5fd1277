package dev.flashsale.app.settings;

import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;

/**
 * What the program was set to. Refuses a value that is not allowed with a {@link BadSetting}, and a property that does
 * not exist. A duration without a unit counts seconds. Secrets are not shown.
 */
@ConfigurationProperties(prefix = "flashsale", ignoreUnknownFields = false)
public record FlashsaleSettings(
        Database database,
        Embedded embedded,
        Http http,
        Hold hold,
        Payment payment,
        Expiry expiry,
        Batch batch,
        Read read,
        SoldOut soldOut,
        Operator operator) {

    public Settings sale() {
        return new Settings(
                hold.ttl(),
                payment.deadline(),
                expiry.batch(),
                new GroupCommitBounds(batch.size(), batch.inFlight(), batch.queue(), batch.patience()),
                read.memory(),
                soldOut.memory());
    }

    public RestSettings rest() {
        return new RestSettings(
                http.host(),
                http.port(),
                Optional.of(operator.token()).filter(Predicate.not(String::isBlank)),
                http.maxBodyBytes(),
                http.maxHeaderBytes(),
                http.maxConnections(),
                http.maxConcurrentRequests(),
                http.idleTimeout(),
                http.readTimeout(),
                http.drainTimeout());
    }

    /** These settings on another database of the same server. */
    public FlashsaleSettings onDatabase(String url) {
        return new FlashsaleSettings(
                new Database(url, database.username(), database.password(), database.poolSize(), database.patience()),
                embedded,
                http,
                hold,
                payment,
                expiry,
                batch,
                read,
                soldOut,
                operator);
    }

    /**
     * Which database.
     *
     * @param url empty for the embedded one
     */
    public record Database(
            String url,
            String username,
            String password,
            int poolSize,
            @DurationUnit(ChronoUnit.SECONDS) Duration patience) {
        public Database {
            check(Setting.DATABASE_POOL_SIZE, poolSize);
            check(Setting.DATABASE_PATIENCE, patience);
        }

        @Override
        public String toString() {
            return "Database[as " + username + ", pool size " + poolSize + "]";
        }
    }

    /** Where the embedded database lives. A {@code ~} at the beginning is the user's home. */
    public record Embedded(String folder) {
        public Embedded {
            if (folder.isBlank()) {
                throw new BadSetting(Setting.EMBEDDED_FOLDER, folder);
            }
        }

        public Path path() {
            boolean inHome = folder.equals("~") || folder.startsWith("~/") || folder.startsWith("~\\");
            return inHome ? Path.of(System.getProperty("user.home") + folder.substring(1)) : Path.of(folder);
        }
    }

    /** How HTTP is served. */
    public record Http(
            String host,
            int port,
            int maxBodyBytes,
            int maxHeaderBytes,
            int maxConnections,
            int maxConcurrentRequests,
            @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
            @DurationUnit(ChronoUnit.SECONDS) Duration readTimeout,
            @DurationUnit(ChronoUnit.SECONDS) Duration drainTimeout) {
        public Http {
            if (host.isBlank()) {
                throw new BadSetting(Setting.HTTP_HOST, host);
            }
            check(Setting.HTTP_PORT, port);
            check(Setting.HTTP_MAX_BODY_BYTES, maxBodyBytes);
            check(Setting.HTTP_MAX_HEADER_BYTES, maxHeaderBytes);
            check(Setting.HTTP_MAX_CONNECTIONS, maxConnections);
            check(Setting.HTTP_MAX_CONCURRENT_REQUESTS, maxConcurrentRequests);
            check(Setting.HTTP_IDLE_TIMEOUT, idleTimeout);
            check(Setting.HTTP_READ_TIMEOUT, readTimeout);
            check(Setting.HTTP_DRAIN_TIMEOUT, drainTimeout);
        }
    }

    /** How long a hold is valid. */
    public record Hold(@DurationUnit(ChronoUnit.SECONDS) Duration ttl) {
        public Hold {
            check(Setting.HOLD_TTL, ttl);
        }
    }

    /** How long an order waits to be paid. */
    public record Payment(@DurationUnit(ChronoUnit.SECONDS) Duration deadline) {
        public Payment {
            check(Setting.PAYMENT_DEADLINE, deadline);
        }
    }

    /** How what is over is tidied up. */
    public record Expiry(@DurationUnit(ChronoUnit.SECONDS) Duration interval, int batch) {
        public Expiry {
            check(Setting.EXPIRY_INTERVAL, interval);
            check(Setting.EXPIRY_BATCH, batch);
        }
    }

    /** How requests share transactions. */
    public record Batch(
            int size,
            int inFlight,
            int queue,
            @DurationUnit(ChronoUnit.SECONDS) Duration patience) {
        public Batch {
            check(Setting.BATCH_SIZE, size);
            check(Setting.BATCH_IN_FLIGHT, inFlight);
            check(Setting.BATCH_QUEUE, queue);
            check(Setting.BATCH_PATIENCE, patience);
        }
    }

    /** How long a product that was read is remembered. */
    public record Read(@DurationUnit(ChronoUnit.SECONDS) Duration memory) {
        public Read {
            check(Setting.READ_MEMORY, memory);
        }
    }

    /** How long it is remembered that nothing is left. */
    public record SoldOut(@DurationUnit(ChronoUnit.SECONDS) Duration memory) {
        public SoldOut {
            check(Setting.SOLD_OUT_MEMORY, memory);
        }
    }

    /**
     * By what an operator is known.
     *
     * @param token empty if there is no operator
     */
    public record Operator(String token) {
        @Override
        public String toString() {
            return "Operator[" + (token.isEmpty() ? "none" : "token set") + "]";
        }
    }

    private static void check(Setting setting, int value) {
        if (!(setting.allowed() instanceof Allowed.WholeNumber number && number.permits(value))) {
            throw new BadSetting(setting, value);
        }
    }

    private static void check(Setting setting, Duration value) {
        boolean permitted = (setting.allowed() instanceof Allowed.Time time && time.permits(value))
                || (setting.allowed() instanceof Allowed.Memory memory && memory.permits(value));
        if (!permitted) {
            throw new BadSetting(setting, value);
        }
    }
}
