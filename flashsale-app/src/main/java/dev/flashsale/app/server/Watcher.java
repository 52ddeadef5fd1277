package dev.flashsale.app.server;

import dev.flashsale.app.metrics.Metrics;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.webhook.EndpointId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the database every few seconds for what is shown of it, so that whoever scrapes or looks at the console asks it
 * nothing: whether it can be written to, where the pieces of products are, and which events wait for endpoints; more often, and for what expires soon, while
 * somebody looks at the console. All but the first takes a twentieth of the time at most: where it takes long it is asked
 * less often, and what is read of pieces is given up after 2 s.
 */
final class Watcher extends Recurring {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration EVERY_WHILE_LOOKED_AT = Duration.ofSeconds(2);
    private static final int REST = 20;
    private static final Duration LONGEST_REST = Duration.ofSeconds(40);

    private final BooleanSupplier database;
    private final Supplier<List<ProductPieces>> pieces;
    private final Function<ProductId, List<ExpiringPieces>> expiring;
    private final Supplier<Map<EndpointId, Long>> waiting;
    private final Metrics metrics;
    private final LongSupplier nanoTime;
    private volatile boolean ready;
    private boolean known = true;
    private long readAfterNanos;

    /**
     * @param on whether anybody can see it
     * @param nanoTime as {@link System#nanoTime}
     */
    Watcher(
            BooleanSupplier database,
            Supplier<List<ProductPieces>> pieces,
            Function<ProductId, List<ExpiringPieces>> expiring,
            Supplier<Map<EndpointId, Long>> waiting,
            Metrics metrics,
            boolean on,
            LongSupplier nanoTime) {
        super("watcher", on);
        this.database = database;
        this.pieces = pieces;
        this.expiring = expiring;
        this.waiting = waiting;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        readAfterNanos = nanoTime.getAsLong();
        metrics.watchReadiness(() -> ready);
    }

    @Override
    Duration firstAfter() {
        return Duration.ZERO;
    }

    @Override
    Duration turn() {
        ready = database.getAsBoolean();
        long begun = nanoTime.getAsLong();
        if (begun - readAfterNanos >= 0) {
            read();
            long ended = nanoTime.getAsLong();
            readAfterNanos = known ? ended + Math.min(REST * (ended - begun), LONGEST_REST.toNanos()) : ended;
        }
        return metrics.isLookedAt() ? EVERY_WHILE_LOOKED_AT : EVERY;
    }

    /** What cannot be read is shown no longer, and told once. */
    private void read() {
        try {
            metrics.showProducts(pieces.get());
            metrics.showExpiring(
                    metrics.productsLookedAt().stream().collect(Collectors.toMap(Function.identity(), expiring)));
            metrics.showWaiting(waiting.get());
            known = true;
        } catch (RuntimeException e) {
            metrics.hideProducts();
            metrics.showWaiting(Map.of());
            if (known) {
                LOG.warn(
                        "Where the pieces of products are, and which events wait, could not be read, and /metrics shows nothing of it until it"
                                + " can: {}",
                        e.getMessage());
            }
            known = false;
        }
    }
}
