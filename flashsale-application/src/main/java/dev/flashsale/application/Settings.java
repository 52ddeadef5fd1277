package dev.flashsale.application;

import dev.flashsale.domain.event.EventKind;
import java.time.Duration;
import java.util.Set;

/** What a sale can set: the usual, but for what is named. */
public final class Settings {

    public static final Duration MAX_DURATION = Duration.ofDays(30);
    public static final int MAX_HOLD_EXTENSIONS = 100;
    public static final Duration MAX_PAYMENT_DEADLINE = Duration.ofDays(365);
    public static final int MAX_EXPIRY_BATCH = 10_000;
    public static final Duration MAX_MEMORY = Duration.ofMinutes(1);

    private final Duration holdTtl;
    private final int holdExtensions;
    private final Duration paymentDeadline;
    private final Duration maxPaymentDeadline;
    private final int expiryBatch;
    private final GroupCommitBounds groupCommit;
    private final Duration readMemory;
    private final Duration soldOutMemory;
    private final Duration paymentKeep;
    private final Duration retryGrace;
    private final Set<EventKind> keptEvents;
    private final Duration eventKeep;
    private final Duration announceEnds;

    private Settings(Builder builder) {
        holdTtl = checked("hold ttl", builder.holdTtl, MAX_DURATION);
        holdExtensions = builder.holdExtensions;
        if (holdExtensions < 0 || holdExtensions > MAX_HOLD_EXTENSIONS) {
            throw new IllegalArgumentException(
                    "hold extensions must be from 0 to " + MAX_HOLD_EXTENSIONS + ", was " + holdExtensions);
        }
        paymentDeadline = checked("payment deadline", builder.paymentDeadline, MAX_DURATION);
        maxPaymentDeadline = checked("longest payment deadline", builder.maxPaymentDeadline, MAX_PAYMENT_DEADLINE);
        expiryBatch = builder.expiryBatch;
        if (expiryBatch < 1 || expiryBatch > MAX_EXPIRY_BATCH) {
            throw new IllegalArgumentException(
                    "expiry batch must be from 1 to " + MAX_EXPIRY_BATCH + ", was " + expiryBatch);
        }
        groupCommit = builder.groupCommit;
        readMemory = checkedMemory("read memory", builder.readMemory);
        soldOutMemory = checkedMemory("sold-out memory", builder.soldOutMemory);
        paymentKeep = checked("payment keep", builder.paymentKeep, MAX_DURATION);
        retryGrace = checked("retry grace", builder.retryGrace, MAX_PAYMENT_DEADLINE);
        keptEvents = Set.copyOf(builder.keptEvents);
        eventKeep = checked("event keep", builder.eventKeep, MAX_DURATION);
        announceEnds = checked("announcement of ends", builder.announceEnds, MAX_DURATION);
    }

    private static Duration checked(String name, Duration duration, Duration max) {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + " must be above 0 and at most " + max.toDays() + " days, was " + duration);
        }
        return duration;
    }

    private static Duration checkedMemory(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(MAX_MEMORY) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from 0 to " + MAX_MEMORY.toSeconds() + " seconds, was " + duration);
        }
        return duration;
    }

    /** The usual ones. */
    public static Settings defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** To build others that are like these. */
    public Builder toBuilder() {
        return builder()
                .holdTtl(holdTtl)
                .holdExtensions(holdExtensions)
                .paymentDeadline(paymentDeadline)
                .maxPaymentDeadline(maxPaymentDeadline)
                .expiryBatch(expiryBatch)
                .groupCommit(groupCommit)
                .readMemory(readMemory)
                .soldOutMemory(soldOutMemory)
                .paymentKeep(paymentKeep)
                .retryGrace(retryGrace)
                .keptEvents(keptEvents)
                .eventKeep(eventKeep)
                .announceEnds(announceEnds);
    }

    /** These settings, but every answer comes from the database. */
    public Settings withoutMemory() {
        return toBuilder()
                .readMemory(Duration.ZERO)
                .soldOutMemory(Duration.ZERO)
                .build();
    }

    public Duration holdTtl() {
        return holdTtl;
    }

    public Duration paymentDeadline() {
        return paymentDeadline;
    }

    public int holdExtensions() {
        return holdExtensions;
    }

    public Duration maxPaymentDeadline() {
        return maxPaymentDeadline;
    }

    public int expiryBatch() {
        return expiryBatch;
    }

    public GroupCommitBounds groupCommit() {
        return groupCommit;
    }

    public Duration readMemory() {
        return readMemory;
    }

    public Duration soldOutMemory() {
        return soldOutMemory;
    }

    public Duration paymentKeep() {
        return paymentKeep;
    }

    public Duration retryGrace() {
        return retryGrace;
    }

    public Set<EventKind> keptEvents() {
        return keptEvents;
    }

    public Duration eventKeep() {
        return eventKeep;
    }

    public Duration announceEnds() {
        return announceEnds;
    }

    /** Names what is not as usual. */
    public static final class Builder {

        private Duration holdTtl = Duration.ofMinutes(2);
        private int holdExtensions = 1;
        private Duration paymentDeadline = Duration.ofMinutes(15);
        private Duration maxPaymentDeadline = Duration.ofDays(30);
        private int expiryBatch = 500;
        private GroupCommitBounds groupCommit = GroupCommitBounds.defaults();
        private Duration readMemory = Duration.ofMillis(50);
        private Duration soldOutMemory = Duration.ofMillis(200);
        private Duration paymentKeep = Duration.ofDays(7);
        private Duration retryGrace = MAX_PAYMENT_DEADLINE;
        private Set<EventKind> keptEvents = Set.of();
        private Duration eventKeep = Duration.ofDays(7);
        private Duration announceEnds = Duration.ofSeconds(30);

        private Builder() {}

        /** How long a hold is valid, above 0 and at most {@link #MAX_DURATION}; usually 2 minutes. */
        public Builder holdTtl(Duration duration) {
            holdTtl = duration;
            return this;
        }

        /** How often a hold can be extended, 0 for never to {@value #MAX_HOLD_EXTENSIONS}; usually once. */
        public Builder holdExtensions(int times) {
            holdExtensions = times;
            return this;
        }

        /** How long an order waits for its payment, within the bounds of the hold ttl; usually 15 minutes. */
        public Builder paymentDeadline(Duration duration) {
            paymentDeadline = duration;
            return this;
        }

        /**
         * How long after an order was placed an operator may have it waited for, above 0 and at most
         * {@link #MAX_PAYMENT_DEADLINE}; usually 30 days.
         */
        public Builder maxPaymentDeadline(Duration duration) {
            maxPaymentDeadline = duration;
            return this;
        }

        /**
         * How many holds or orders of a product are expired in one transaction, 1 to {@value #MAX_EXPIRY_BATCH}; usually
         * 500.
         */
        public Builder expiryBatch(int size) {
            expiryBatch = size;
            return this;
        }

        /** How many requests share a transaction. */
        public Builder groupCommit(GroupCommitBounds bounds) {
            groupCommit = bounds;
            return this;
        }

        /**
         * How old a product may be when it is read; 0 reads the database every time; at most {@link #MAX_MEMORY}, usually 50
         * milliseconds.
         */
        public Builder readMemory(Duration duration) {
            readMemory = duration;
            return this;
        }

        /**
         * How long buyers are refused from memory once nothing was left; 0 asks the database every time; at most
         * {@link #MAX_MEMORY}, usually 200 milliseconds.
         */
        public Builder soldOutMemory(Duration duration) {
            soldOutMemory = duration;
            return this;
        }

        /** How long a payment waits for its order to be made, within the bounds of the hold ttl; usually a week. */
        public Builder paymentKeep(Duration duration) {
            paymentKeep = duration;
            return this;
        }

        /**
         * How long an order waits for another attempt after one was declined, above 0 and at most {@link
         * #MAX_PAYMENT_DEADLINE}, and never beyond its payment deadline; usually until that.
         */
        public Builder retryGrace(Duration duration) {
            retryGrace = duration;
            return this;
        }

        /**
         * Kinds of events that are kept in the outbox, whoever else {@linkplain Events#subscribe subscribes}; usually none.
         */
        public Builder keptEvents(Set<EventKind> kinds) {
            keptEvents = kinds;
            return this;
        }

        /**
         * How long the housekeeping leaves events in the outbox, read or not, within the bounds of the hold ttl; usually a
         * week.
         */
        public Builder eventKeep(Duration duration) {
            eventKeep = duration;
            return this;
        }

        /**
         * How long before its end the housekeeping announces a hold, where somebody subscribed to that, within the bounds of
         * the hold ttl; usually 30 seconds.
         */
        public Builder announceEnds(Duration duration) {
            announceEnds = duration;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if something is out of its bounds
         */
        public Settings build() {
            return new Settings(this);
        }
    }
}
