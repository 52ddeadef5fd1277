package dev.flashsale.app.settings;

import dev.flashsale.adapter.rest.ForwardedHeader;
import dev.flashsale.adapter.rest.LimitSettings;
import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.ReportSettings;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.StreamSettings;
import dev.flashsale.adapter.rest.TlsSettings;
import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.adapter.rest.WebhookSettings;
import dev.flashsale.adapter.rest.boot.RateText;
import dev.flashsale.adapter.rest.delivery.DeliverySettings;
import dev.flashsale.app.WrongCall;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.event.EventKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
        Stream stream,
        Hold hold,
        Payment payment,
        Expiry expiry,
        Batch batch,
        Read read,
        SoldOut soldOut,
        Idempotency idempotency,
        Operator operator,
        Webhook webhook,
        Limit limit,
        Events events,
        Delivery delivery,
        Audit audit,
        Metrics metrics,
        Log log) {

    public Settings sale() {
        return Settings.builder()
                .holdTtl(hold.ttl())
                .holdExtensions(hold.extensions())
                .paymentDeadline(payment.deadline())
                .maxPaymentDeadline(payment.maxDeadline())
                .retryGrace(payment.retryGrace())
                .expiryBatch(expiry.batch())
                .groupCommit(new GroupCommitBounds(batch.size(), batch.inFlight(), batch.queue(), batch.patience()))
                .readMemory(read.memory())
                .soldOutMemory(soldOut.memory())
                .paymentKeep(payment.keep())
                .keptEvents(EventKind.of(events.keepKinds()))
                .eventKeep(events.keep())
                .announceEnds(events.announce())
                .build();
    }

    /** Whether the embedded database is used, as no other one is named. */
    public boolean isEmbedded() {
        return database.url().isBlank();
    }

    /** Where nobody says: this machine alone for a try, everybody for a database of one's own. */
    public String listenAddress() {
        return !http.host().isBlank()
                ? http.host()
                : isEmbedded() ? "127.0.0.1" : RestSettings.defaults().host();
    }

    /** As {@link #rest(List)}, with the operators that were set. */
    public RestSettings rest() {
        return rest(operator.token());
    }

    /**
     * How to serve.
     *
     * @param operatorTokens by which an operator is known
     * @throws WrongCall if anybody could report a payment to a database that is not just for trying things out
     *     or the files of TLS are of no use
     */
    public RestSettings rest(List<String> operatorTokens) {
        return RestSettings.builder()
                .host(listenAddress())
                .port(http.port())
                .operatorTokens(operatorTokens)
                .webhooks(webhooks())
                .limits(new LimitSettings(
                        rate(Setting.LIMIT_ADDRESS, limit.address()),
                        rate(Setting.LIMIT_CUSTOMER, limit.customer()),
                        http.trustedProxies(),
                        http.forwardedHeader()))
                .streams(new StreamSettings(stream.maxListeners(), stream.interval(), stream.heartbeat()))
                .corsOrigins(http.corsOrigins())
                .http2(http.http2())
                .tls(tls())
                .maxBodyBytes(http.maxBodyBytes())
                .maxHeaderBytes(http.maxHeaderBytes())
                .maxConnections(http.maxConnections())
                .maxConcurrentRequests(http.maxConcurrentRequests())
                .idleTimeout(http.idleTimeout())
                .readTimeout(http.readTimeout())
                .drainTimeout(http.drainTimeout())
                .accessLog(http.accessLog())
                .eventSource(events.source())
                .privateEndpoints(delivery.allowPrivate())
                .build();
    }

    private @Nullable TlsSettings tls() {
        String files = Setting.HTTP_TLS_CERTIFICATE.flag() + " and " + Setting.HTTP_TLS_KEY.flag();
        if (http.tlsCertificate().isBlank() && http.tlsKey().isBlank()) {
            return null;
        }
        if (http.tlsCertificate().isBlank() || http.tlsKey().isBlank()) {
            throw new WrongCall("TLS needs both " + files);
        }
        try {
            return new TlsSettings(Path.of(http.tlsCertificate()), Path.of(http.tlsKey()));
        } catch (IllegalArgumentException e) {
            throw new WrongCall("TLS cannot be spoken with " + files + ": " + e.getMessage());
        }
    }

    private WebhookSettings webhooks() {
        boolean acceptUnsigned = switch (webhook.unsigned()) {
            case ACCEPT -> true;
            case EMBEDDED_ONLY -> isEmbedded();
        };
        if (webhook.secret().isEmpty() && !acceptUnsigned) {
            throw new WrongCall("Without a secret to verify webhooks with, anybody could report a payment: set "
                    + Setting.WEBHOOK_SECRET.environmentVariable() + " to the one that your payment gateway shows"
                    + " (docs/webhooks.md), or " + Setting.WEBHOOK_UNSIGNED.flag() + "=accept if nobody else can reach"
                    + " the webhook");
        }
        return new WebhookSettings(
                webhook.scheme(),
                webhook.secret(),
                acceptUnsigned,
                new ReportSettings(payment.failed() == Payment.Failed.KEEP, Set.copyOf(payment.underWay())));
    }

    /** How to send events to others. */
    public DeliverySettings delivered() {
        return new DeliverySettings(delivery.timeout(), delivery.allowPrivate(), events.source());
    }

    /** These settings on another database of the same server. */
    public FlashsaleSettings onDatabase(String url) {
        return new FlashsaleSettings(
                new Database(url, database.username(), database.password(), database.poolSize(), database.patience()),
                embedded,
                http,
                stream,
                hold,
                payment,
                expiry,
                batch,
                read,
                soldOut,
                idempotency,
                operator,
                webhook,
                limit,
                events,
                delivery,
                audit,
                metrics,
                log);
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
            try {
                return inHome ? Path.of(System.getProperty("user.home") + folder.substring(1)) : Path.of(folder);
            } catch (InvalidPathException e) {
                throw new WrongCall(
                        Setting.EMBEDDED_FOLDER.property() + " has a letter that files cannot have in this locale: set"
                                + " LC_ALL=C.UTF-8 in the environment, or choose another folder",
                        e);
            }
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
            @DurationUnit(ChronoUnit.SECONDS) Duration drainTimeout,
            List<String> trustedProxies,
            ForwardedHeader forwardedHeader,
            List<String> corsOrigins,
            boolean accessLog,
            boolean console,
            boolean http2,
            String tlsCertificate,
            String tlsKey) {

        public Http {
            check(Setting.HTTP_PORT, port);
            check(Setting.HTTP_MAX_BODY_BYTES, maxBodyBytes);
            check(Setting.HTTP_MAX_HEADER_BYTES, maxHeaderBytes);
            check(Setting.HTTP_MAX_CONNECTIONS, maxConnections);
            check(Setting.HTTP_MAX_CONCURRENT_REQUESTS, maxConcurrentRequests);
            check(Setting.HTTP_IDLE_TIMEOUT, idleTimeout);
            check(Setting.HTTP_READ_TIMEOUT, readTimeout);
            check(Setting.HTTP_DRAIN_TIMEOUT, drainTimeout);
            trustedProxies = withoutBlanks(trustedProxies);
            if (trustedProxies.size() > LimitSettings.MAX_PROXIES
                    || !trustedProxies.stream().allMatch(LimitSettings::isRange)) {
                throw new BadSetting(Setting.HTTP_TRUSTED_PROXIES, trustedProxies);
            }
            requireChosen(Setting.HTTP_FORWARDED_HEADER, forwardedHeader);
            corsOrigins = withoutBlanks(corsOrigins);
            if (!RestSettings.areOrigins(corsOrigins)) {
                throw new BadSetting(Setting.HTTP_CORS_ORIGINS, String.join(",", corsOrigins));
            }
        }
    }

    /** How products are listened to. */
    public record Stream(
            int maxListeners,
            @DurationUnit(ChronoUnit.SECONDS) Duration interval,
            @DurationUnit(ChronoUnit.SECONDS) Duration heartbeat) {
        public Stream {
            check(Setting.STREAM_MAX_LISTENERS, maxListeners);
            check(Setting.STREAM_INTERVAL, interval);
            check(Setting.STREAM_HEARTBEAT, heartbeat);
        }
    }

    /** How long a hold is valid, and how often it can be for longer. */
    public record Hold(@DurationUnit(ChronoUnit.SECONDS) Duration ttl, int extensions) {
        public Hold {
            check(Setting.HOLD_TTL, ttl);
            check(Setting.HOLD_EXTENSIONS, extensions);
        }
    }

    /** How long an order waits to be paid, and a payment for its order, and how reports are understood. */
    public record Payment(
            @DurationUnit(ChronoUnit.SECONDS) Duration deadline,
            @DurationUnit(ChronoUnit.SECONDS) Duration maxDeadline,
            @DurationUnit(ChronoUnit.SECONDS) Duration keep,
            Failed failed,
            @DurationUnit(ChronoUnit.SECONDS) Duration retryGrace,
            List<String> underWay) {

        /** What a failure does that may not be the last one. */
        public enum Failed {
            RETURN,
            KEEP
        }

        public Payment {
            requireChosen(Setting.PAYMENT_FAILED, failed);
            underWay = withoutBlanks(underWay);
            if (underWay.size() > ReportSettings.MAX_UNDER_WAY
                    || !underWay.stream().allMatch(ReportSettings::isWord)) {
                throw new BadSetting(Setting.PAYMENT_UNDER_WAY, underWay);
            }
            check(Setting.PAYMENT_DEADLINE, deadline);
            check(Setting.PAYMENT_MAX_DEADLINE, maxDeadline);
            check(Setting.PAYMENT_KEEP, keep);
            check(Setting.PAYMENT_RETRY_GRACE, retryGrace);
        }
    }

    /** What is told to whom, and for how long it can be read. */
    public record Events(
            List<String> keepKinds,
            @DurationUnit(ChronoUnit.SECONDS) Duration keep,
            @DurationUnit(ChronoUnit.SECONDS) Duration announce,
            String source) {
        public Events {
            keepKinds = withoutBlanks(keepKinds);
            try {
                Set<EventKind> unused = EventKind.of(keepKinds);
            } catch (IllegalArgumentException unknown) {
                throw new BadSetting(Setting.EVENTS_KEEP_KINDS, String.join(",", keepKinds));
            }
            check(Setting.EVENTS_KEEP, keep);
            check(Setting.EVENTS_ANNOUNCE, announce);
            if (!DeliverySettings.isSource(source)) {
                throw new BadSetting(Setting.EVENTS_SOURCE, source);
            }
        }
    }

    /** How events are sent to others. */
    public record Delivery(@DurationUnit(ChronoUnit.SECONDS) Duration timeout, boolean allowPrivate) {
        public Delivery {
            check(Setting.DELIVERY_TIMEOUT, timeout);
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

    /** How long the first outcome under an idempotency key is kept. */
    public record Idempotency(
            @DurationUnit(ChronoUnit.SECONDS) Duration retention) {
        public Idempotency {
            check(Setting.IDEMPOTENCY_RETENTION, retention);
        }
    }

    /**
     * By what an operator is known.
     *
     * @param token any of which will do; empty if there is no operator
     */
    public record Operator(List<String> token) {
        public Operator {
            token = withoutBlanks(token);
            if (token.size() > RestSettings.MAX_TOKENS || !token.stream().allMatch(RestSettings::isOperatorToken)) {
                throw new BadSetting(Setting.OPERATOR_TOKEN, token);
            }
        }

        @Override
        public String toString() {
            return "Operator[" + token.size() + " tokens]";
        }
    }

    /**
     * By what a webhook is known to be the gateway's.
     *
     * @param secret any of which will do; empty if webhooks are not signed
     * @param unsigned when to serve all the same
     */
    public record Webhook(List<String> secret, WebhookScheme scheme, Unsigned unsigned) {

        /** When to believe webhooks that nobody signed. */
        public enum Unsigned {
            EMBEDDED_ONLY,
            ACCEPT
        }

        public Webhook {
            requireChosen(Setting.WEBHOOK_SCHEME, scheme);
            requireChosen(Setting.WEBHOOK_UNSIGNED, unsigned);
            secret = withoutBlanks(secret);
            if (secret.size() > WebhookSettings.MAX_SECRETS || !secret.stream().allMatch(scheme::takes)) {
                throw new BadSetting(Setting.WEBHOOK_SECRET, secret);
            }
        }

        @Override
        public String toString() {
            return "Webhook[" + scheme + ", " + secret.size() + " secrets, unsigned " + unsigned + "]";
        }
    }

    /**
     * How often a client may ask for a hold, such as 20/1s.
     *
     * @param address empty for any number
     * @param customer empty for any number
     */
    public record Limit(String address, String customer) {
        public Limit {
            LimitSettings.Rate unused = rate(Setting.LIMIT_ADDRESS, address);
            unused = rate(Setting.LIMIT_CUSTOMER, customer);
        }
    }

    private static LimitSettings.@Nullable Rate rate(Setting setting, String value) {
        if (value.isBlank()) {
            return null;
        }
        return RateText.read(value.strip()).orElseThrow(() -> new BadSetting(setting, value));
    }

    /**
     * How often the books are checked.
     *
     * @param interval 0 for never
     */
    public record Audit(@DurationUnit(ChronoUnit.SECONDS) Duration interval) {
        public Audit {
            check(Setting.AUDIT_INTERVAL, interval);
        }
    }

    /**
     * Who may read {@code /metrics}.
     *
     * @param products of how many it tells where their pieces are
     */
    public record Metrics(Access access, int products) {

        /** Whom they are shown to. */
        public enum Access {
            OPERATOR,
            OPEN,
            OFF
        }

        public Metrics {
            requireChosen(Setting.METRICS_ACCESS, access);
            check(Setting.METRICS_PRODUCTS, products);
        }

        /** Whether anybody may. */
        public boolean shown() {
            return access != Access.OFF;
        }

        public Optional<Probes.Metrics> show(Function<Probes.MetricsFormat, String> text) {
            return switch (access) {
                case OPERATOR -> Optional.of(new Probes.Metrics(text, false));
                case OPEN -> Optional.of(new Probes.Metrics(text, true));
                case OFF -> Optional.empty();
            };
        }
    }

    /** How the log is written. */
    public record Log(Format format) {

        /** In lines for people, or in lines of JSON. */
        public enum Format {
            TEXT,
            JSON
        }

        public Log {
            requireChosen(Setting.LOG_FORMAT, format);
        }
    }

    private static List<String> withoutBlanks(List<String> values) {
        return values.stream()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    /** Spring Boot makes nothing of an empty word. */
    private static void requireChosen(Setting setting, @Nullable Object value) {
        if (value == null) {
            throw new BadSetting(setting, "");
        }
    }

    private static void check(Setting setting, int value) {
        if (!(setting.allowed() instanceof Allowed.WholeNumber number && number.permits(value))) {
            throw new BadSetting(setting, value);
        }
    }

    private static void check(Setting setting, Duration value) {
        boolean permitted = (setting.allowed() instanceof Allowed.Time time && time.permits(value))
                || (setting.allowed() instanceof Allowed.Memory memory && memory.permits(value))
                || (setting.allowed() instanceof Allowed.Retention retention && retention.permits(value));
        if (!permitted) {
            throw new BadSetting(setting, value);
        }
    }
}
