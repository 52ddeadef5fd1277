package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.event.EventKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationUnit;

/**
 * What a host may set of {@code flashsale.*}, by the names that the server has for it; the server's others do not concern
 * it and are passed over. What is not set is as usual. A duration without a unit counts seconds.
 *
 * @param datasource the name of a bean
 */
@ConfigurationProperties(prefix = "flashsale")
record FlashsaleProperties(
        @DefaultValue("migrate") SchemaAtStart schema,
        @DefaultValue("") String datasource,
        @DefaultValue("thread") HousekeepingOn housekeeping,
        @DefaultValue Hold hold,
        @DefaultValue Payment payment,
        @DefaultValue Expiry expiry,
        @DefaultValue Batch batch,
        @DefaultValue Read read,
        @DefaultValue SoldOut soldOut,
        @DefaultValue Idempotency idempotency,
        @DefaultValue Events events,
        @DefaultValue Audit audit,
        @DefaultValue Metrics metrics) {

    /** What is done to the tables before anything uses them. */
    enum SchemaAtStart {
        MIGRATE,
        VALIDATE,
        NONE
    }

    /** Where the tables are kept tidy. */
    enum HousekeepingOn {
        THREAD,
        SCHEDULER,
        NONE
    }

    record Hold(
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration ttl,
            @Nullable Integer extensions) {}

    record Payment(
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration deadline,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration maxDeadline,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration keep,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration retryGrace) {}

    record Expiry(
            @DefaultValue("1s") @DurationUnit(ChronoUnit.SECONDS)
            Duration interval,

            @Nullable Integer batch) {

        private static final Duration MAX_INTERVAL = Duration.ofHours(1);

        /** Its interval, if it may be that. */
        Duration checkedInterval() {
            return require(
                    "flashsale.expiry.interval",
                    interval,
                    it -> it.isPositive() && it.compareTo(MAX_INTERVAL) <= 0,
                    "it must be above 0 and at most " + MAX_INTERVAL.toHours() + " hour");
        }
    }

    record Batch(
            @Nullable Integer size,
            @Nullable Integer inFlight,
            @Nullable Integer queue,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration patience) {}

    record Read(@Nullable @DurationUnit(ChronoUnit.SECONDS) Duration memory) {}

    record SoldOut(
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration memory) {}

    /**
     * @param application kinds that are published as application events; none if empty
     * @param keepKinds kinds that are kept in the outbox
     */
    record Events(
            @DefaultValue("*") List<String> application,
            @DefaultValue List<String> keepKinds,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration keep,
            @Nullable @DurationUnit(ChronoUnit.SECONDS) Duration announce) {

        Set<EventKind> applicationKinds() {
            return kinds("flashsale.events.application", application);
        }

        static Set<EventKind> kinds(String property, List<String> words) {
            try {
                return EventKind.of(words);
            } catch (IllegalArgumentException unknown) {
                throw new InvalidConfigurationPropertyValueException(
                        property, String.join(",", words), unknown.getMessage());
            }
        }
    }

    /** @param interval 0 to check nothing */
    record Audit(
            @DefaultValue("15m") @DurationUnit(ChronoUnit.SECONDS)
            Duration interval) {

        private static final Duration MAX_INTERVAL = Duration.ofDays(1);

        /** Its interval, if it may be that. */
        Duration checkedInterval() {
            return require(
                    "flashsale.audit.interval",
                    interval,
                    it -> !it.isNegative() && it.compareTo(MAX_INTERVAL) <= 0,
                    "it must be from 0, which is never, to " + MAX_INTERVAL.toDays() + " day");
        }
    }

    /** @param products 0 for none */
    record Metrics(@DefaultValue("100") int products) {

        /** Of that many products, if it may be that. */
        int checkedProducts() {
            return require(
                    "flashsale.metrics.products",
                    products,
                    it -> it >= 0 && it <= PageSize.MAX,
                    "it must be from 0 to " + PageSize.MAX);
        }
    }

    record Idempotency(
            @DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS)
            Duration retention) {

        /** Its retention, if it may be that. */
        Duration checkedRetention() {
            return require(
                    "flashsale.idempotency.retention",
                    retention,
                    it -> it.compareTo(Housekeeping.MIN_KEY_AGE) >= 0 && it.compareTo(Settings.MAX_DURATION) <= 0,
                    "it must be from " + Housekeeping.MIN_KEY_AGE.toDays() + " to " + Settings.MAX_DURATION.toDays()
                            + " days");
        }
    }

    /**
     * The usual settings, but for what was set.
     *
     * @throws InvalidConfigurationPropertyValueException names the property whose value is not allowed
     */
    Settings.Builder settings() {
        Settings.Builder builder = Settings.builder();
        set("flashsale.hold.ttl", hold.ttl(), builder::holdTtl);
        set("flashsale.hold.extensions", hold.extensions(), builder::holdExtensions);
        set("flashsale.payment.deadline", payment.deadline(), builder::paymentDeadline);
        set("flashsale.payment.max-deadline", payment.maxDeadline(), builder::maxPaymentDeadline);
        set("flashsale.payment.keep", payment.keep(), builder::paymentKeep);
        set("flashsale.payment.retry-grace", payment.retryGrace(), builder::retryGrace);
        set("flashsale.expiry.batch", expiry.batch(), builder::expiryBatch);
        set("flashsale.batch.size", batch.size(), it -> builder.groupCommit(with(it, null, null, null)));
        set("flashsale.batch.in-flight", batch.inFlight(), it -> builder.groupCommit(with(null, it, null, null)));
        set("flashsale.batch.queue", batch.queue(), it -> builder.groupCommit(with(null, null, it, null)));
        set("flashsale.batch.patience", batch.patience(), it -> builder.groupCommit(with(null, null, null, it)));
        set("flashsale.read.memory", read.memory(), builder::readMemory);
        set("flashsale.sold-out.memory", soldOut.memory(), builder::soldOutMemory);
        set("flashsale.events.keep", events.keep(), builder::eventKeep);
        set("flashsale.events.announce", events.announce(), builder::announceEnds);
        Settings.Builder unused = builder.keptEvents(Events.kinds("flashsale.events.keep-kinds", events.keepKinds()));
        return builder.groupCommit(with(batch.size(), batch.inFlight(), batch.queue(), batch.patience()));
    }

    private static GroupCommitBounds with(
            @Nullable Integer size, @Nullable Integer inFlight, @Nullable Integer queue, @Nullable Duration patience) {
        GroupCommitBounds usual = GroupCommitBounds.defaults();
        return new GroupCommitBounds(
                size == null ? usual.batch() : size,
                inFlight == null ? usual.inFlight() : inFlight,
                queue == null ? usual.queue() : queue,
                patience == null ? usual.patience() : patience);
    }

    /** The bounds are the settings' own: each is tried by itself, so that the one at fault can be named. */
    private static <T> void set(String property, @Nullable T value, Function<T, Settings.Builder> setter) {
        if (value != null) {
            try {
                Settings unused = setter.apply(value).build();
            } catch (IllegalArgumentException refused) {
                throw new InvalidConfigurationPropertyValueException(property, value, refused.getMessage());
            }
        }
    }

    private static <T> T require(String property, T value, Predicate<T> allowed, String reason) {
        if (!allowed.test(value)) {
            throw new InvalidConfigurationPropertyValueException(property, value, reason);
        }
        return value;
    }
}
