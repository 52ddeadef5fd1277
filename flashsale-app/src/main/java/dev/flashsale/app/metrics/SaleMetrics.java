package dev.flashsale.app.metrics;

import dev.flashsale.adapter.rest.Probes.LastFailure;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Trouble;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what happens to a sale on this node. */
final class SaleMetrics implements SaleListener {

    private static final Duration[] DURATIONS = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final double[] SIZES = {1, 4, 16, 64, 128, 256, 512, 1024};

    private final MeterRegistry registry;
    private final Map<Kind, Timer> batches = new EnumMap<>(Kind.class);
    private final Map<Kind, DistributionSummary> sizes = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<Trouble, Counter>> busy = new EnumMap<>(Kind.class);
    private final Map<Kind, Counter> turnedAway = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, Counter>> outcomes = new EnumMap<>(Kind.class);
    private final Map<String, Counter> fromMemory = new ConcurrentHashMap<>();
    private final Counter retries;
    private final Counter holdsExpired;
    private final Counter ordersExpired;
    private final Counter reclaimed;
    private final Counter cancelled;
    private final Map<PaymentEffect, Counter> settled = new ConcurrentHashMap<>();
    private final Map<Work, Counter> failures = new EnumMap<>(Work.class);
    private final InstantSource clock;
    private volatile @Nullable LastFailure lastFailure;

    SaleMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            batches.put(
                    kind,
                    Timer.builder("flashsale.batch")
                            .description("How long a transaction of many requests took, with all its attempts")
                            .tag("kind", word(kind))
                            .serviceLevelObjectives(DURATIONS)
                            .register(registry));
            sizes.put(
                    kind,
                    DistributionSummary.builder("flashsale.batch.size")
                            .description("How many requests shared a transaction")
                            .tag("kind", word(kind))
                            .serviceLevelObjectives(SIZES)
                            .register(registry));
            busy.put(
                    kind,
                    Stream.of(Trouble.values())
                            .filter(trouble -> trouble != Trouble.QUEUE)
                            .collect(Collectors.toMap(
                                    Function.identity(),
                                    trouble -> counter(
                                            "flashsale.batch.busy",
                                            "Batches that the database could not do",
                                            "kind",
                                            word(kind),
                                            "trouble",
                                            word(trouble)))));
            turnedAway.put(
                    kind,
                    counter(
                            "flashsale.requests.turned.away",
                            "Requests that found too many waiting or waited too long",
                            "kind",
                            word(kind)));
            outcomes.put(kind, new ConcurrentHashMap<>());
        }
        retries = counter("flashsale.transaction.retries", "Transactions that were tried once more");
        holdsExpired = counter("flashsale.expired", "What the sweeper ended", "what", "holds");
        ordersExpired = counter("flashsale.expired", "What the sweeper ended", "what", "orders");
        for (Work work : Work.values()) {
            failures.put(
                    work,
                    counter(
                            "flashsale.failures",
                            "What failed alone while everything else went on",
                            "what",
                            word(work)));
        }
        cancelled = counter("flashsale.orders.cancelled", "Orders that operators cancelled");
        reclaimed = counter("flashsale.reclaimed.pieces", "Pieces that buyers took back from what was over");
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    @Override
    public void holds(Batch batch, List<HoldOutcome> all) {
        count(batch, all, SaleMetrics::word);
    }

    @Override
    public void releases(Batch batch, List<ReleaseOutcome> all) {
        count(batch, all, SaleMetrics::word);
    }

    @Override
    public void extensions(Batch batch, List<ExtendOutcome> all) {
        count(batch, all, SaleMetrics::word);
    }

    @Override
    public void orders(Batch batch, List<OrderOutcome> all) {
        count(batch, all, SaleMetrics::word);
    }

    @Override
    public void payments(Batch batch, List<PaymentOutcome> all) {
        count(batch, all, SaleMetrics::word);
    }

    @Override
    public void products(Batch batch, List<ProductView> all) {
        count(batch, all, created -> "created");
    }

    private <A> void count(Batch batch, List<A> all, Function<A, String> word) {
        of(batches, batch.kind()).record(batch.took());
        of(sizes, batch.kind()).record(batch.size());
        Map<String, Counter> counters = of(outcomes, batch.kind());
        for (A outcome : all) {
            counters.computeIfAbsent(
                            word.apply(outcome),
                            what -> counter(
                                    "flashsale.requests",
                                    "Requests that were decided, by what became of them",
                                    "kind",
                                    word(batch.kind()),
                                    "outcome",
                                    what))
                    .increment();
        }
    }

    @Override
    public void busy(Batch batch, Trouble why) {
        Objects.requireNonNull(of(busy, batch.kind()).get(why)).increment();
    }

    @Override
    public void turnedAway(Kind kind) {
        of(turnedAway, kind).increment();
    }

    @Override
    public void refusedFromMemory(HoldOutcome refusal) {
        fromMemory
                .computeIfAbsent(
                        word(refusal),
                        what -> counter(
                                "flashsale.refused.from.memory",
                                "Holds that were refused without asking the database",
                                "outcome",
                                what))
                .increment();
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void holdsExpired(int holds) {
        holdsExpired.increment(holds);
    }

    @Override
    public void ordersExpired(int orders) {
        ordersExpired.increment(orders);
    }

    @Override
    public void orderCancelled(Order order) {
        cancelled.increment();
    }

    @Override
    public void keptPaymentsSettled(List<RecordedPayment> payments) {
        payments.forEach(payment -> settled.computeIfAbsent(
                        payment.effect(),
                        effect -> counter(
                                "flashsale.kept.payments.settled",
                                "Payments that were kept and decided later, by what they did",
                                "effect",
                                word(effect)))
                .increment());
    }

    @Override
    public void failed(Failure failure) {
        of(failures, failure.work()).increment();
        lastFailure = new LastFailure(clock.instant(), word(failure.work()), failure.subject());
    }

    @Override
    public void reclaimed(int pieces) {
        reclaimed.increment(pieces);
    }

    /** There is one of each kind. */
    private static <K, V> V of(Map<K, V> ofEach, K kind) {
        return Objects.requireNonNull(ofEach.get(kind));
    }

    /** What failed last, if that was not long ago. */
    Optional<LastFailure> lastFailure() {
        Instant since = clock.instant().minus(REMEMBERED);
        return Optional.ofNullable(lastFailure).filter(last -> last.at().isAfter(since));
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String word(HoldOutcome outcome) {
        return switch (outcome) {
            case HoldOutcome.Placed placed -> "placed";
            case HoldOutcome.IdReused reused -> "hold_id_reused";
            case HoldOutcome.UnknownProduct unknown -> "unknown_product";
            case HoldOutcome.QuantityTooLarge tooLarge -> "quantity_too_large";
            case HoldOutcome.CustomerRequired required -> "customer_required";
            case HoldOutcome.NotOnSale closed -> "not_on_sale";
            case HoldOutcome.LimitReached limit -> "limit_reached";
            case HoldOutcome.MixedCurrencies mixed -> "mixed_currencies";
            case HoldOutcome.LinesShort missing -> "lines_short";
            case HoldOutcome.InsufficientStock insufficient -> "insufficient_stock";
            case HoldOutcome.AllHeld held -> "all_held";
            case HoldOutcome.SoldOut soldOut -> "sold_out";
        };
    }

    private static String word(ReleaseOutcome outcome) {
        return switch (outcome) {
            case ReleaseOutcome.Released released -> "released";
            case ReleaseOutcome.UnknownHold unknown -> "unknown_hold";
            case ReleaseOutcome.AlreadyOrdered ordered -> "hold_already_ordered";
            case ReleaseOutcome.AlreadyExpired expired -> "hold_expired";
        };
    }

    private static String word(ExtendOutcome outcome) {
        return switch (outcome) {
            case ExtendOutcome.Extended extended -> "extended";
            case ExtendOutcome.UnknownHold unknown -> "unknown_hold";
            case ExtendOutcome.AlreadyOrdered ordered -> "hold_already_ordered";
            case ExtendOutcome.AlreadyReleased released -> "hold_released";
            case ExtendOutcome.AlreadyExpired expired -> "hold_expired";
        };
    }

    private static String word(OrderOutcome outcome) {
        return switch (outcome) {
            case OrderOutcome.Placed placed -> "placed";
            case OrderOutcome.AlreadyPlaced before -> "already_placed";
            case OrderOutcome.UnknownHold unknown -> "unknown_hold";
            case OrderOutcome.HoldExpired expired -> "hold_expired";
            case OrderOutcome.HoldReleased released -> "hold_released";
            case OrderOutcome.MixedCurrencies mixed -> "mixed_currencies";
        };
    }

    private static String word(PaymentOutcome outcome) {
        return switch (outcome) {
            case PaymentOutcome.Recorded now -> word(now.payment().effect());
            case PaymentOutcome.AlreadyRecorded before -> "already_recorded";
            case PaymentOutcome.Conflict conflict -> "transaction_conflict";
            case PaymentOutcome.NothingToRefund nothing -> "nothing_to_refund";
        };
    }

    private static String word(PaymentEffect effect) {
        return switch (effect) {
            case APPLIED -> "applied";
            case KEPT -> "kept";
            case IGNORED -> "ignored";
            case REFUND_REQUIRED -> "refund_required";
        };
    }
}
