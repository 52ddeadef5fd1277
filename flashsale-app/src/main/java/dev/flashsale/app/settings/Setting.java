package dev.flashsale.app.settings;

import dev.flashsale.adapter.rest.LimitSettings;
import dev.flashsale.adapter.rest.ReportSettings;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.StreamSettings;
import dev.flashsale.adapter.rest.WebhookSettings;
import dev.flashsale.adapter.rest.delivery.DeliverySettings;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.event.EventKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that can be set, each as a flag, as an environment variable and in {@code application.yml}, with what it
 * is when nobody sets it.
 */
public enum Setting {
    DATABASE_URL(
            "database.url",
            new Allowed.Text("a URL such as jdbc:mysql://localhost:3306/flashsale", "URL"),
            "",
            "The MySQL or MariaDB to use. Without one, the embedded MariaDB is started, where the jar has it."),
    DATABASE_USERNAME(
            "database.username", new Allowed.Text("a name", "NAME"), "root", "Who logs in to the database of the URL."),
    DATABASE_PASSWORD(
            "database.password",
            new Allowed.Secret("a password"),
            "",
            "That user's password. Others can see flags: prefer the environment."),
    DATABASE_POOL_SIZE(
            "database.pool-size", new Allowed.WholeNumber(1, 500), "32", "Connections to the database, at most."),
    DATABASE_PATIENCE(
            "database.patience",
            new Allowed.Time(Duration.ofHours(1)),
            "15s",
            "How long a start waits for a database that does not answer."),
    EMBEDDED_FOLDER(
            "embedded.folder",
            new Allowed.Text("a folder that can be written to", "FOLDER"),
            "~/.flashsale",
            "Where the embedded MariaDB and its data are kept."),
    HTTP_HOST(
            "http.host",
            new Allowed.Text("an address of this machine", "ADDRESS"),
            "",
            "The address to listen on. Without one, 127.0.0.1 with the embedded database and 0.0.0.0 with any other."),
    HTTP_PORT(
            "http.port",
            new Allowed.WholeNumber(0, 65_535),
            "" + Defaults.REST.port(),
            "The port to listen on; 0 picks a free one."),
    HTTP_MAX_BODY_BYTES(
            "http.max-body-bytes",
            new Allowed.WholeNumber(1, 1 << 20),
            "" + Defaults.REST.maxBodyBytes(),
            "A larger body is refused with 413."),
    HTTP_MAX_HEADER_BYTES(
            "http.max-header-bytes",
            new Allowed.WholeNumber(1, 1 << 20),
            "" + Defaults.REST.maxHeaderBytes(),
            "A request with more than that in its headers is refused."),
    HTTP_MAX_CONNECTIONS(
            "http.max-connections",
            new Allowed.WholeNumber(1, 1_000_000),
            "" + Defaults.REST.maxConnections(),
            "Connections at once; any more wait."),
    HTTP_MAX_CONCURRENT_REQUESTS(
            "http.max-concurrent-requests",
            new Allowed.WholeNumber(1, 1_000_000),
            "" + Defaults.REST.maxConcurrentRequests(),
            "Requests at once; any more are refused with 503, new holds past half of it."),
    HTTP_IDLE_TIMEOUT(
            "http.idle-timeout",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.REST.idleTimeout().toSeconds() + "s",
            "How long a connection may be silent."),
    HTTP_READ_TIMEOUT(
            "http.read-timeout",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.REST.readTimeout().toSeconds() + "s",
            "How long a request may take to arrive."),
    HTTP_DRAIN_TIMEOUT(
            "http.drain-timeout",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.REST.drainTimeout().toSeconds() + "s",
            "How long a stop waits for requests in flight."),
    HTTP_TRUSTED_PROXIES(
            "http.trusted-proxies",
            new Allowed.Text(
                    "up to " + LimitSettings.MAX_PROXIES
                            + " addresses or ranges with commas between, such as 10.0.0.0/8,2001:db8::1",
                    "RANGES"),
            "",
            "The proxies in front, which are believed when they name their client's address: addresses or ranges, with"
                    + " commas between."),
    HTTP_FORWARDED_HEADER(
            "http.forwarded-header",
            new Allowed.OneOf(List.of("x-forwarded-for", "forwarded")),
            "x-forwarded-for",
            "Where those proxies name it: x-forwarded-for or forwarded."),
    HTTP_CORS_ORIGINS(
            "http.cors-origins",
            new Allowed.Text(
                    "up to " + RestSettings.MAX_ORIGINS
                            + " origins with commas between, such as https://shop.example,http://localhost:5173, or * for"
                            + " any",
                    "ORIGINS"),
            "",
            "The web pages that may call the server from a browser: their origins, such as https://shop.example, with"
                    + " commas between; or * for any."),
    HTTP_ACCESS_LOG(
            "http.access-log",
            new Allowed.OneOf(List.of("on", "off")),
            "off",
            "Whether every answer is a line in the log: on or off."),
    HTTP_CONSOLE(
            "http.console",
            new Allowed.OneOf(List.of("on", "off")),
            "on",
            "Whether operators find a page at /console to watch and run the sale with: on or off."),
    HTTP_HTTP2(
            "http.http2",
            new Allowed.OneOf(List.of("on", "off")),
            Defaults.REST.http2() ? "on" : "off",
            "Whether HTTP/2 is spoken with clients that want it: on or off."),
    HTTP_TLS_CERTIFICATE(
            "http.tls-certificate",
            new Allowed.Text("a file in PEM", "FILE"),
            "",
            "The server's certificate in PEM, with those of who signed it. With one, and its key, HTTPS alone is served."),
    HTTP_TLS_KEY(
            "http.tls-key", new Allowed.Text("a file in PEM", "FILE"), "", "The certificate's private key in PEM."),
    STREAM_MAX_LISTENERS(
            "stream.max-listeners",
            new Allowed.WholeNumber(0, StreamSettings.MAX_LISTENERS),
            "" + Defaults.REST.streams().maxListeners(),
            "Streams of products at once, and half of the connections at most; any more are refused with 503."),
    STREAM_INTERVAL(
            "stream.interval",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.REST.streams().interval().toMillis() + "ms",
            "How often products that are listened to are read, at most."),
    STREAM_HEARTBEAT(
            "stream.heartbeat",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.REST.streams().heartbeat().toSeconds() + "s",
            "After how long a silence a stream sends a comment: less than any proxy waits for. Who takes nothing for twice"
                    + " as long is given up."),
    HOLD_TTL("hold.ttl", new Allowed.Time(Settings.MAX_DURATION), "2m", "How long a hold is valid."),
    HOLD_EXTENSIONS(
            "hold.extensions",
            new Allowed.WholeNumber(0, Settings.MAX_HOLD_EXTENSIONS),
            "" + Defaults.SALE.holdExtensions(),
            "How often a hold can be extended; 0 is never."),
    PAYMENT_DEADLINE(
            "payment.deadline",
            new Allowed.Time(Settings.MAX_DURATION),
            "15m",
            "How long an order waits for its payment."),
    PAYMENT_MAX_DEADLINE(
            "payment.max-deadline",
            new Allowed.Time(Settings.MAX_PAYMENT_DEADLINE),
            Defaults.SALE.maxPaymentDeadline().toDays() + "d",
            "How long after it was placed an operator may have an order waited for."),
    PAYMENT_KEEP(
            "payment.keep",
            new Allowed.Time(Settings.MAX_DURATION),
            Defaults.SALE.paymentKeep().toDays() + "d",
            "How long a payment waits for its order to be made; then the money of a success must be given back."),
    PAYMENT_FAILED(
            "payment.failed",
            new Allowed.OneOf(List.of("return", "keep")),
            "return",
            "What a failure that does not say whether it is the last one does: the order fails and its pieces return, or keep"
                    + " lets it wait for another attempt until its deadline."),
    PAYMENT_RETRY_GRACE(
            "payment.retry-grace",
            new Allowed.Time(Settings.MAX_PAYMENT_DEADLINE),
            Defaults.SALE.retryGrace().toDays() + "d",
            "How long an order waits for another attempt after one was declined, but never beyond its payment deadline."),
    PAYMENT_UNDER_WAY(
            "payment.under-way",
            new Allowed.Text(
                    "up to " + ReportSettings.MAX_UNDER_WAY
                            + " words of lower-case letters, digits and _, with commas between",
                    "WORDS"),
            String.join(",", new TreeSet<>(ReportSettings.defaults().underWay())),
            "What gateways call a payment that is not decided: recorded, and nothing comes of it. Any other status is refused."),
    EXPIRY_INTERVAL(
            "expiry.interval",
            new Allowed.Time(Duration.ofHours(1)),
            "1s",
            "How often holds and orders whose time is over are tidied up."),
    EXPIRY_BATCH(
            "expiry.batch",
            new Allowed.WholeNumber(1, Settings.MAX_EXPIRY_BATCH),
            "500",
            "How many of a product are tidied up in one transaction."),
    BATCH_SIZE(
            "batch.size",
            new Allowed.WholeNumber(1, GroupCommitBounds.MAX_BATCH),
            "" + Defaults.SALE.groupCommit().batch(),
            "How many requests share a transaction, at most."),
    BATCH_IN_FLIGHT(
            "batch.in-flight",
            new Allowed.WholeNumber(1, GroupCommitBounds.MAX_IN_FLIGHT),
            "" + Defaults.SALE.groupCommit().inFlight(),
            "How many transactions of one kind run at once, at most; one more begins when the last takes long."),
    BATCH_QUEUE(
            "batch.queue",
            new Allowed.WholeNumber(1, 1_000_000),
            "" + Defaults.SALE.groupCommit().queue(),
            "How many requests wait for one product, at most; any more are refused with 503."),
    BATCH_PATIENCE(
            "batch.patience",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.SALE.groupCommit().patience().toSeconds() + "s",
            "How long a request waits for its turn, at most; then it is refused with 503."),
    READ_MEMORY(
            "read.memory",
            new Allowed.Memory(Settings.MAX_MEMORY),
            Defaults.SALE.readMemory().toMillis() + "ms",
            "How old a product may be when it is read; 0 reads the database every time."),
    SOLD_OUT_MEMORY(
            "sold-out.memory",
            new Allowed.Memory(Settings.MAX_MEMORY),
            Defaults.SALE.soldOutMemory().toMillis() + "ms",
            "How long buyers are refused without asking the database once nothing was left; 0 asks every time."),
    IDEMPOTENCY_RETENTION(
            "idempotency.retention",
            new Allowed.Retention(Housekeeping.MIN_KEY_AGE, Settings.MAX_DURATION),
            Housekeeping.MIN_KEY_AGE.toHours() + "h",
            "How long the outcome of a request with an Idempotency-Key is kept, at least."),
    OPERATOR_TOKEN(
            "operator.token",
            new Allowed.Secret("up to " + RestSettings.MAX_TOKENS
                    + " with commas between, each any text without a comma, or sha256: and the 64 hexadecimal digits of"
                    + " its hash"),
            "",
            "Makes its bearer an operator. Several with commas between; one may be stored as sha256: and its hash."
                    + " Others can see flags: prefer the environment."),
    WEBHOOK_SECRET(
            "webhook.secret",
            new Allowed.Secret("up to " + WebhookSettings.MAX_SECRETS + " with commas between, each as the payment"
                    + " gateway shows it: for standard-webhooks whsec_ and the base64 of 24 bytes or more, for stripe 16"
                    + " characters or more"),
            "",
            "Signs the payment gateway's webhooks; several with commas between. Others can see flags: prefer the"
                    + " environment."),
    WEBHOOK_SCHEME(
            "webhook.scheme",
            new Allowed.OneOf(List.of("standard-webhooks", "stripe")),
            "standard-webhooks",
            "How they are signed: standard-webhooks or stripe."),
    WEBHOOK_UNSIGNED(
            "webhook.unsigned",
            new Allowed.OneOf(List.of("embedded-only", "accept")),
            "embedded-only",
            "Whether webhooks are believed where there is no secret: with the embedded database alone, or accept, from"
                    + " anybody."),
    LIMIT_ADDRESS(
            "limit.address",
            new Allowed.Rate(),
            "",
            "How many holds one address may ask each server for, such as 20/1s; any more are refused with 429."),
    LIMIT_CUSTOMER(
            "limit.customer",
            new Allowed.Rate(),
            "",
            "How many holds may be asked for with one customer_id, in the same way."),
    EVENTS_KEEP_KINDS(
            "events.keep-kinds",
            new Allowed.Text(
                    "kinds of events with commas between, such as order.paid or order.*, or * for all: "
                            + Stream.of(EventKind.values()).map(EventKind::word).collect(Collectors.joining(", ")),
                    "KINDS"),
            "",
            "Kinds of events that are kept in the outbox, whoever else subscribes: for a connector that reads it. With commas"
                    + " between; order.* and * are allowed."),
    EVENTS_KEEP(
            "events.keep",
            new Allowed.Time(Settings.MAX_DURATION),
            Defaults.SALE.eventKeep().toDays() + "d",
            "How long events stay in the outbox, read or not."),
    EVENTS_ANNOUNCE(
            "events.announce",
            new Allowed.Time(Duration.ofHours(1)),
            Defaults.SALE.announceEnds().toSeconds() + "s",
            "How long before its end a hold is announced, where somebody subscribed to hold.ending."),
    EVENTS_SOURCE(
            "events.source",
            new Allowed.Text("a URI or the path of one, such as https://shop.example/sale", "URI"),
            DeliverySettings.defaults().source(),
            "What events that are sent or read over HTTP call the sale that they are of: a URI or the path of one."),
    DELIVERY_TIMEOUT(
            "delivery.timeout",
            new Allowed.Time(DeliverySettings.MAX_TIMEOUT),
            DeliverySettings.defaults().timeout().toSeconds() + "s",
            "How long an attempt to send an event to somebody else's endpoint takes, at most."),
    DELIVERY_ALLOW_PRIVATE(
            "delivery.allow-private",
            new Allowed.OneOf(List.of("on", "off")),
            "off",
            "Whether events are also sent to addresses of this machine and of private networks, and without TLS: on or off."),
    AUDIT_INTERVAL(
            "audit.interval",
            new Allowed.Memory(Duration.ofDays(1)),
            "15m",
            "How often this server checks that every product's pieces add up; 0 is never."),
    METRICS_ACCESS(
            "metrics.access",
            new Allowed.OneOf(List.of("operator", "open", "off")),
            "operator",
            "Who may read /metrics: operators alone, everybody (open) or nobody (off)."),
    METRICS_PRODUCTS(
            "metrics.products",
            new Allowed.WholeNumber(0, PageSize.MAX),
            "100",
            "Of how many products /metrics tells where their pieces are: those on sale first, then the newest."),
    LOG_FORMAT(
            "log.format",
            new Allowed.OneOf(List.of("text", "json")),
            "text",
            "How the log is written to the standard error: text, or json of the Elastic Common Schema.");

    private static final String PREFIX = "flashsale.";

    private final String name;
    /** A record of immutable parts, which the checker cannot tell. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Allowed allowed;

    private final String defaultValue;
    private final String description;

    Setting(String name, Allowed allowed, String defaultValue, String description) {
        this.name = name;
        this.allowed = allowed;
        this.defaultValue = defaultValue;
        this.description = description;
    }

    /** The setting of a property such as {@code flashsale.hold.ttl}. */
    static Optional<Setting> of(String property) {
        return Arrays.stream(values())
                .filter(setting -> setting.property().equals(property))
                .findFirst();
    }

    /** What holds for every setting that nobody sets, by property. */
    public static Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Setting setting : values()) {
            defaults.put(setting.property(), setting.defaultValue);
        }
        return defaults;
    }

    public String property() {
        return PREFIX + name;
    }

    public String flag() {
        return "--" + name.replace('.', '-');
    }

    public String environmentVariable() {
        return property().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Empty where nothing is set. */
    public String defaultValue() {
        return defaultValue;
    }

    /** One sentence or two. */
    public String description() {
        return description;
    }

    /** What stands for its value in a line of help. */
    public String placeholder() {
        return allowed.placeholder();
    }

    /** Whether it says which database to use, and how: every command needs to know. */
    public boolean concernsDatabase() {
        return name.startsWith("database.") || name.startsWith("embedded.");
    }

    /** Whether it says how webhooks are signed: a client that sends them needs to know, too. */
    public boolean concernsSigning() {
        return this == WEBHOOK_SECRET || this == WEBHOOK_SCHEME;
    }

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return allowed instanceof Allowed.Secret;
    }

    /** What it may be, for people. */
    public String allowedWords() {
        return allowed.words();
    }

    Allowed allowed() {
        return allowed;
    }

    /** Read while the constants are made, before any static field of the enum itself would be set. */
    private static final class Defaults {
        static final RestSettings REST = RestSettings.defaults();
        static final Settings SALE = Settings.defaults();
    }
}
