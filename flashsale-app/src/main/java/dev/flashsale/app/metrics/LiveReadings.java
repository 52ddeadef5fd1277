package dev.flashsale.app.metrics;

import dev.flashsale.adapter.rest.LiveSale;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The readings of the last minutes, and which products somebody looks at. */
final class LiveReadings implements LiveSale {

    static final Duration KEPT_FOR = Duration.ofMinutes(15);
    static final int MOST_READINGS = 450;
    static final int MOST_LOOKED_AT = 20;

    /** After that nobody looks any more: a page asks every other second. */
    static final Duration LOOKED_AT_FOR = Duration.ofSeconds(15);

    private final String node;
    private final ProductCounts counts;
    private final AnswerTimes times;
    private final InstantSource clock;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Map<ProductId, Instant> lookedAt = new ConcurrentHashMap<>();
    private volatile Map<ProductId, List<ExpiringPieces>> expiring = Map.of();
    private volatile List<Reading> course = List.of();
    private volatile Instant looked = Instant.MIN;

    LiveReadings(String node, ProductCounts counts, AnswerTimes times, InstantSource clock) {
        this.node = node;
        this.counts = counts;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public List<Reading> course() {
        looked = clock.instant();
        return course;
    }

    @Override
    public Optional<List<ExpiringPieces>> expiring(ProductId id) {
        if (lookedAt.containsKey(id) || lookedAt.size() < MOST_LOOKED_AT) {
            lookedAt.put(id, clock.instant());
        }
        return Optional.ofNullable(expiring.get(id));
    }

    /** Whether somebody looked at any of it a moment ago. */
    boolean isLookedAt() {
        return isRecent(looked);
    }

    /** What somebody wants to know of when it expires. */
    List<ProductId> productsLookedAt() {
        lookedAt.values().removeIf(at -> !isRecent(at));
        return List.copyOf(lookedAt.keySet());
    }

    private boolean isRecent(Instant at) {
        return at.isAfter(clock.instant().minus(LOOKED_AT_FOR));
    }

    /** What was read now; nothing where the database could not tell. */
    synchronized void add(List<ProductPieces> pieces) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Duration over = readings.isEmpty()
                ? Duration.ZERO
                : Duration.between(readings.getLast().at(), at);
        readings.addLast(new Reading(
                at,
                over.isNegative() ? Duration.ZERO : over,
                pieces.stream().collect(Collectors.toMap(ProductPieces::productId, Function.identity())),
                counts.take(),
                times.take()));
        while (readings.size() > MOST_READINGS || readings.getFirst().at().isBefore(at.minus(KEPT_FOR))) {
            readings.removeFirst();
        }
        course = List.copyOf(readings);
    }

    /** What was read of them, and of no others. */
    void showExpiring(Map<ProductId, List<ExpiringPieces>> read) {
        expiring = Map.copyOf(read);
    }
}
