package dev.flashsale.adapter.rest.stream;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.Products;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is listened to, all of it at once and at most once in each interval, for as long as somebody listens, and
 * wakes those whose product has changed, 10,000 a second at most and 2,000 at least: a crowd of them is told evenly, instead
 * of taking the processors from buyers at one moment.
 */
final class Reader implements Runnable {

    private static final int WOKEN_AT_ONCE = 100;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MOST_PAUSES = 5;
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final Logger LOGGER = LoggerFactory.getLogger(Reader.class);

    private final LiveProducts live;
    private final Products products;
    private final Duration interval;
    private boolean failing;

    Reader(LiveProducts live, Products products, Duration interval) {
        this.live = live;
        this.products = products;
        this.interval = interval;
    }

    @Override
    public void run() {
        try {
            for (List<LiveProduct> all = pausedFor(interval); !all.isEmpty(); all = pausedFor(pause())) {
                readOnce(all);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<LiveProduct> pausedFor(Duration time) throws InterruptedException {
        Thread.sleep(time);
        return live.toBeRead();
    }

    private Duration pause() {
        return failing && interval.compareTo(AFTER_A_FAILURE) < 0 ? AFTER_A_FAILURE : interval;
    }

    /** Listeners hear nothing new, and their heartbeats, for as long as it fails. */
    private void readOnce(List<LiveProduct> all) throws InterruptedException {
        List<LiveProduct> changed;
        try {
            changed = changed(all);
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                LOGGER.warn("What is listened to cannot be read, and is tried again each second", e);
            }
            failing = true;
            return;
        }
        if (!changed.isEmpty()) {
            wake(live.listenersOf(changed));
        }
    }

    private List<LiveProduct> changed(List<LiveProduct> all) {
        Set<ProductId> ids = all.stream().map(LiveProduct::id).collect(Collectors.toSet());
        Map<ProductId, ProductView> read = products.views(ids);
        List<LiveProduct> changed = new ArrayList<>();
        for (LiveProduct product : all) {
            if (update(product, read.get(product.id()))) {
                changed.add(product);
            }
        }
        return changed;
    }

    private boolean update(LiveProduct product, @Nullable ProductView read) {
        Snapshot before = product.latest();
        if (before == null || before.view().equals(read)) {
            return false;
        }
        product.update(read == null ? null : live.snapshot(read));
        return true;
    }

    /** Some at a time. Where the processors are busy with buyers, the next ones wait for those before, up to a bound. */
    private static void wake(Set<Listener> listeners) throws InterruptedException {
        int woken = 0;
        for (Listener listener : listeners) {
            if (listener.tell() && ++woken % WOKEN_AT_ONCE == 0) {
                int pauses = 0;
                do {
                    Thread.sleep(PAUSE);
                } while (listener.isTold() && ++pauses < MOST_PAUSES);
            }
        }
    }
}
