package dev.flashsale.adapter.jdbc.micrometer;

import dev.flashsale.application.FlashsaleVersion;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.Trouble;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what happens to a sale in this process, under the names that docs/watching.md lists. Thread-safe.
 *
 * <pre>{@code
 * Flashsale.on(transactions, settings, new SaleMeters(registry));
 * }</pre>
 */
public final class SaleMeters implements SaleListener {

    private static final List<Duration> DURATIONS = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(Duration::ofMillis)
            .toList();

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
    private final Counter sent;
    private final Counter notTaken;
    private final Counter cancelled;
    private final Counter accepted;
    private final Map<PaymentEffect, Counter> settled = new EnumMap<>(PaymentEffect.class);
    private final Map<Work, Counter> failures = new EnumMap<>(Work.class);

    /** Makes the meters, so that each is there before it has counted anything. */
    public SaleMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("flashsale.build.info", () -> 1)
                .description("Which Flashsale this is")
                .tag("version", FlashsaleVersion.current())
                .register(registry);
        for (Work work : Work.values()) {
            failures.put(
                    work,
                    counter(
                            "flashsale.failures",
                            "What failed alone while everything else went on",
                            "what",
                            Words.word(work)));
        }
        for (Kind kind : Kind.values()) {
            batches.put(
                    kind,
                    Timer.builder("flashsale.batch")
                            .description("How long a transaction of many requests took, with all its attempts")
                            .tag("kind", Words.word(kind))
                            .serviceLevelObjectives(durations())
                            .register(registry));
            sizes.put(
                    kind,
                    DistributionSummary.builder("flashsale.batch.size")
                            .description("How many requests shared a transaction")
                            .tag("kind", Words.word(kind))
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
                                            Words.word(kind),
                                            "trouble",
                                            Words.word(trouble)))));
            turnedAway.put(
                    kind,
                    counter(
                            "flashsale.requests.turned.away",
                            "Requests that found too many waiting or waited too long",
                            "kind",
                            Words.word(kind)));
            outcomes.put(kind, new ConcurrentHashMap<>());
        }
        // From the start, as what appears with its first count has never risen for whoever watches for that.
        for (PaymentEffect effect : PaymentEffect.values()) {
            Counter unused = outcome(Kind.PAYMENT, Words.word(effect));
            settled.put(
                    effect,
                    counter(
                            "flashsale.kept.payments.settled",
                            "Payments that were kept and decided later, by what they did",
                            "effect",
                            Words.word(effect)));
        }
        retries = counter("flashsale.transaction.retries", "Transactions that were tried once more");
        holdsExpired = counter("flashsale.expired", "What the sweeper ended", "what", "holds");
        ordersExpired = counter("flashsale.expired", "What the sweeper ended", "what", "orders");
        cancelled = counter("flashsale.orders.cancelled", "Orders that operators cancelled");
        accepted = counter("flashsale.orders.accepted", "Orders that operators accepted as paid");
        sent = counter("flashsale.deliveries", "Events that were sent to endpoints", "outcome", "delivered");
        notTaken = counter("flashsale.deliveries", "Events that were sent to endpoints", "outcome", "failed");
        reclaimed = counter("flashsale.reclaimed.pieces", "Pieces that buyers took back from what was over");
    }

    /** How long things take that buyers wait for: where the buckets of histograms end, the shortest first. */
    public static Duration[] durations() {
        return DURATIONS.toArray(Duration[]::new);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    @Override
    public void holds(Batch batch, List<HoldOutcome> all) {
        count(batch, all, Words::word);
    }

    @Override
    public void releases(Batch batch, List<ReleaseOutcome> all) {
        count(batch, all, Words::word);
    }

    @Override
    public void extensions(Batch batch, List<ExtendOutcome> all) {
        count(batch, all, Words::word);
    }

    @Override
    public void changes(Batch batch, List<HoldChangeOutcome> all) {
        count(batch, all, Words::word);
    }

    @Override
    public void orders(Batch batch, List<OrderOutcome> all) {
        count(batch, all, Words::word);
    }

    @Override
    public void payments(Batch batch, List<PaymentOutcome> all) {
        count(batch, all, Words::word);
    }

    @Override
    public void products(Batch batch, List<ProductView> all) {
        count(batch, all, created -> "created");
    }

    private <A> void count(Batch batch, List<A> all, Function<A, String> word) {
        of(batches, batch.kind()).record(batch.took());
        of(sizes, batch.kind()).record(batch.size());
        all.forEach(outcome -> outcome(batch.kind(), word.apply(outcome)).increment());
    }

    private Counter outcome(Kind kind, String what) {
        return of(outcomes, kind)
                .computeIfAbsent(
                        what,
                        outcome -> counter(
                                "flashsale.requests",
                                "Requests that were decided, by what became of them",
                                "kind",
                                Words.word(kind),
                                "outcome",
                                outcome));
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
                        Words.word(refusal),
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
    public void orderAccepted(Order order) {
        accepted.increment();
    }

    @Override
    public void keptPaymentsSettled(List<RecordedPayment> payments) {
        payments.forEach(payment -> of(settled, payment.effect()).increment());
    }

    @Override
    public void failed(Failure failure) {
        of(failures, failure.work()).increment();
    }

    @Override
    public void eventSent(boolean taken) {
        (taken ? sent : notTaken).increment();
    }

    @Override
    public void reclaimed(int pieces) {
        reclaimed.increment(pieces);
    }

    /** There is one of each kind. */
    private static <K, V> V of(Map<K, V> ofEach, K kind) {
        return Objects.requireNonNull(ofEach.get(kind));
    }
}
