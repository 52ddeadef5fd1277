package dev.flashsale.adapter.rest.boot;

import dev.flashsale.adapter.rest.ForwardedHeader;
import dev.flashsale.adapter.rest.LimitSettings;
import dev.flashsale.adapter.rest.ReportSettings;
import dev.flashsale.adapter.rest.RestSettings;
import dev.flashsale.adapter.rest.StreamSettings;
import dev.flashsale.adapter.rest.TlsSettings;
import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.adapter.rest.WebhookSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationUnit;

/**
 * What a host may set of {@code flashsale.*} for HTTP, by the names that the server has for it; the others do not concern it.
 * What is not set is as usual. A duration without a unit counts seconds. Secrets are not shown.
 */
@ConfigurationProperties(prefix = "flashsale")
record RestProperties(
        @DefaultValue Http http,
        @DefaultValue Stream stream,
        @DefaultValue Payment payment,
        @DefaultValue Operator operator,
        @DefaultValue Webhook webhook,
        @DefaultValue Limit limit) {

    record Http(
            @DefaultValue("") String host,
            @Nullable Integer port,
            @Nullable Integer maxBodyBytes,
            @Nullable Integer maxHeaderBytes,
            @Nullable Integer maxConnections,
            @Nullable Integer maxConcurrentRequests,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration idleTimeout,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration readTimeout,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration drainTimeout,
            @DefaultValue List<String> trustedProxies,
            @DefaultValue("x-forwarded-for") ForwardedHeader forwardedHeader,
            @DefaultValue List<String> corsOrigins,
            @DefaultValue("off") boolean accessLog,
            @DefaultValue("off") boolean http2,
            @DefaultValue("") String tlsCertificate,
            @DefaultValue("") String tlsKey) {}

    record Stream(
            @Nullable Integer maxListeners,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration interval,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration heartbeat) {}

    record Payment(
            @DefaultValue("return") Failed failed, @Nullable List<String> underWay) {

        enum Failed {
            RETURN,
            KEEP
        }
    }

    record Operator(@DefaultValue List<String> token) {
        @Override
        public String toString() {
            return "Operator[" + token.size() + " tokens]";
        }
    }

    record Webhook(
            @DefaultValue List<String> secret,
            @DefaultValue("standard-webhooks") WebhookScheme scheme,
            @DefaultValue("embedded-only") Unsigned unsigned) {

        /** A host has no embedded database, so the first one is nobody. */
        enum Unsigned {
            EMBEDDED_ONLY,
            ACCEPT
        }

        @Override
        public String toString() {
            return "Webhook[" + scheme + ", " + secret.size() + " secrets, unsigned " + unsigned + "]";
        }
    }

    record Limit(
            @DefaultValue("") String address,
            @DefaultValue("") String customer) {}

    /**
     * The usual settings, but for what was set.
     *
     * @throws InvalidConfigurationPropertyValueException names the property whose value is not allowed
     */
    RestSettings settings() {
        RestSettings.Builder settings = RestSettings.builder();
        set("flashsale.http.host", http.host().isBlank() ? null : http.host(), settings::host);
        set("flashsale.http.port", http.port(), settings::port);
        set("flashsale.http.max-body-bytes", http.maxBodyBytes(), settings::maxBodyBytes);
        set("flashsale.http.max-header-bytes", http.maxHeaderBytes(), settings::maxHeaderBytes);
        set("flashsale.http.max-connections", http.maxConnections(), settings::maxConnections);
        set("flashsale.http.max-concurrent-requests", http.maxConcurrentRequests(), settings::maxConcurrentRequests);
        set("flashsale.http.idle-timeout", http.idleTimeout(), settings::idleTimeout);
        set("flashsale.http.read-timeout", http.readTimeout(), settings::readTimeout);
        set("flashsale.http.drain-timeout", http.drainTimeout(), settings::drainTimeout);
        set("flashsale.http.cors-origins", withoutBlanks(http.corsOrigins()), settings::corsOrigins);
        set("flashsale.operator.token", withoutBlanks(operator.token()), settings::operatorTokens);
        return settings.accessLog(http.accessLog())
                .http2(http.http2())
                .streams(streams())
                .webhooks(webhooks())
                .limits(limits())
                .tls(tls())
                .build();
    }

    private StreamSettings streams() {
        StreamSettings usual = StreamSettings.defaults();
        int most = stream.maxListeners() == null ? usual.maxListeners() : stream.maxListeners();
        Duration interval = stream.interval() == null ? usual.interval() : stream.interval();
        Duration heartbeat = stream.heartbeat() == null ? usual.heartbeat() : stream.heartbeat();
        StreamSettings unused = checked(
                "flashsale.stream.max-listeners",
                most,
                () -> new StreamSettings(most, usual.interval(), usual.heartbeat()));
        unused = checked(
                "flashsale.stream.interval",
                interval,
                () -> new StreamSettings(usual.maxListeners(), interval, usual.heartbeat()));
        return checked("flashsale.stream.heartbeat", heartbeat, () -> new StreamSettings(most, interval, heartbeat));
    }

    private WebhookSettings webhooks() {
        List<String> underWay = payment.underWay() == null
                ? List.copyOf(ReportSettings.defaults().underWay())
                : withoutBlanks(payment.underWay());
        ReportSettings reports = checked(
                "flashsale.payment.under-way",
                underWay,
                () -> new ReportSettings(payment.failed() == Payment.Failed.KEEP, Set.copyOf(underWay)));
        return checked(
                "flashsale.webhook.secret",
                "(not shown)",
                () -> new WebhookSettings(
                        webhook.scheme(),
                        withoutBlanks(webhook.secret()),
                        webhook.unsigned() == Webhook.Unsigned.ACCEPT,
                        reports));
    }

    private LimitSettings limits() {
        LimitSettings.Rate ofAddress = rate("flashsale.limit.address", limit.address());
        LimitSettings.Rate ofCustomer = rate("flashsale.limit.customer", limit.customer());
        List<String> proxies = withoutBlanks(http.trustedProxies());
        return checked(
                "flashsale.http.trusted-proxies",
                proxies,
                () -> new LimitSettings(ofAddress, ofCustomer, proxies, http.forwardedHeader()));
    }

    private static LimitSettings.@Nullable Rate rate(String property, String value) {
        return value.isBlank()
                ? null
                : RateText.read(value.strip())
                        .orElseThrow(() -> new InvalidConfigurationPropertyValueException(
                                property, value, "it must be a number and a time, such as 20/1s"));
    }

    private @Nullable TlsSettings tls() {
        if (http.tlsCertificate().isBlank() && http.tlsKey().isBlank()) {
            return null;
        }
        if (http.tlsCertificate().isBlank() || http.tlsKey().isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    http.tlsKey().isBlank() ? "flashsale.http.tls-key" : "flashsale.http.tls-certificate",
                    "",
                    "TLS needs both, the certificate and its key");
        }
        return checked(
                "flashsale.http.tls-certificate",
                http.tlsCertificate(),
                () -> new TlsSettings(Path.of(http.tlsCertificate()), Path.of(http.tlsKey())));
    }

    /** The bounds are the settings' own: each is tried by itself, so that the one at fault can be named. */
    private static <T> void set(String property, @Nullable T value, Function<T, RestSettings.Builder> setter) {
        if (value != null) {
            Object shown = property.equals("flashsale.operator.token") ? "(not shown)" : value;
            RestSettings unused =
                    checked(property, shown, () -> setter.apply(value).build());
        }
    }

    private static <T> T checked(String property, Object shown, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException refused) {
            throw new InvalidConfigurationPropertyValueException(property, shown, refused.getMessage());
        }
    }

    private static List<String> withoutBlanks(List<String> values) {
        return values.stream()
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }
}
