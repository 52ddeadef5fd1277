package dev.flashsale.application.memory;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node has just seen of each product's stock, so that a crowd of readers and of buyers who come too late does
 * not reach the database. It may be a moment behind, by a bound that is set; it never promises stock that is not there,
 * for it grants nothing. Whatever this node itself commits is seen at once.
 */
public final class StockMemory {

    /** More than a node is asked for at once; past it everything is forgotten and read again. */
    private static final int MAX_PRODUCTS = 10_000;

    /** Of a product that nobody had asked for when it was read: it may have changed unnoticed. */
    private static final long UNSEEN = -1;

    private final long readNanos;
    private final long refusalNanos;
    private final LongSupplier nanoTime;
    private final HoldIds holdIds;
    private final ConcurrentHashMap<ProductId, Seen> products = new ConcurrentHashMap<>();

    public StockMemory(Settings settings, LongSupplier nanoTime, HoldIds holdIds) {
        this.readNanos = settings.readMemory().toNanos();
        this.refusalNanos = settings.soldOutMemory().toNanos();
        this.nanoTime = nanoTime;
        this.holdIds = holdIds;
    }

    private record Reading(ProductView view, long version, long at) {}

    private record Refusal(HoldOutcome outcome, long version, long until, long seenAt) {}

    private static final class Seen {
        /** Grows with every change of the stock by this node; what was learnt under an older one is forgotten. */
        final AtomicLong version = new AtomicLong();

        final ReentrantLock reading = new ReentrantLock();

        @Nullable
        volatile Reading lastReading;

        @Nullable
        volatile Refusal lastRefusal;
    }

    private Seen seen(ProductId id) {
        Seen known = products.get(id);
        if (known != null) {
            return known;
        }
        if (products.size() >= MAX_PRODUCTS) {
            products.clear();
        }
        return products.computeIfAbsent(id, key -> new Seen());
    }

    /** This node has committed a change of the stock. */
    public void changed(ProductId id) {
        Seen known = products.get(id);
        if (known != null) {
            known.version.incrementAndGet();
        }
    }

    /** The product as it was read a moment ago, or as it is read now, once for all who ask. */
    public Optional<ProductView> view(ProductId id, Supplier<Optional<ProductView>> read) {
        if (readNanos == 0) {
            return read.get();
        }
        Seen known = products.get(id);
        Reading fresh = known == null ? null : fresh(known);
        if (fresh != null) {
            return Optional.of(fresh.view());
        }
        return known == null ? firstReading(id, read) : nextReading(known, read);
    }

    /** An unknown product leaves nothing behind. */
    private Optional<ProductView> firstReading(ProductId id, Supplier<Optional<ProductView>> read) {
        Optional<ProductView> view = read.get();
        view.ifPresent(existing -> seen(id));
        return view;
    }

    private Optional<ProductView> nextReading(Seen known, Supplier<Optional<ProductView>> read) {
        known.reading.lock();
        try {
            Reading fresh = fresh(known);
            if (fresh != null) {
                return Optional.of(fresh.view());
            }
            long version = known.version.get();
            long at = nanoTime.getAsLong();
            Optional<ProductView> view = read.get();
            known.lastReading =
                    view.map(existing -> new Reading(existing, version, at)).orElse(null);
            return view;
        } finally {
            known.reading.unlock();
        }
    }

    /** Of each the same: what is not remembered is read at once. */
    public Map<ProductId, ProductView> views(
            Set<ProductId> ids, Function<Set<ProductId>, Map<ProductId, ProductView>> read) {
        if (readNanos == 0) {
            return read.apply(ids);
        }
        Map<ProductId, ProductView> views = new HashMap<>();
        Map<ProductId, Long> versions = new HashMap<>();
        ids.forEach(id -> {
            Seen known = products.get(id);
            Reading fresh = known == null ? null : fresh(known);
            if (fresh == null) {
                versions.put(id, known == null ? UNSEEN : known.version.get());
            } else {
                views.put(id, fresh.view());
            }
        });
        long at = nanoTime.getAsLong();
        Map<ProductId, ProductView> found = versions.isEmpty() ? Map.of() : read.apply(versions.keySet());
        found.forEach((id, view) -> {
            views.put(id, view);
            long version = versions.getOrDefault(id, UNSEEN);
            seen(id).lastReading = version == UNSEEN ? null : new Reading(view, version, at);
        });
        return views;
    }

    private @Nullable Reading fresh(Seen known) {
        Reading last = known.lastReading;
        return last != null && last.version() == known.version.get() && nanoTime.getAsLong() - last.at() < readNanos
                ? last
                : null;
    }

    /**
     * The refusal of a request for a product of which nothing was left a moment ago, or that was not on sale. A request whose
     * id was not made here since may be the repetition of one that was granted: only the database can tell, so it is not
     * answered here.
     */
    Optional<HoldOutcome> refusal(HoldRequest request) {
        List<HoldOutcome.Shortage> shortages = new ArrayList<>(0);
        HoldOutcome forbidden = null;
        for (ProductId id : request.lines().products()) {
            HoldOutcome refusal = refusal(id, request.holdId());
            if (refusal instanceof HoldOutcome.Shortage shortage) {
                shortages.add(shortage);
            } else if (forbidden == null) {
                forbidden = refusal;
            }
        }
        if (forbidden == null && !shortages.isEmpty()) {
            return Optional.of(HoldOutcome.Shortage.of(request.lines(), shortages));
        }
        return Optional.ofNullable(forbidden);
    }

    private @Nullable HoldOutcome refusal(ProductId id, HoldId holdId) {
        Seen known = products.get(id);
        if (known == null) {
            return null;
        }
        Refusal last = known.lastRefusal;
        return last != null
                        && last.version() == known.version.get()
                        && nanoTime.getAsLong() - last.until() < 0
                        && holdIds.madeAfter(holdId, last.seenAt())
                ? last.outcome()
                : null;
    }

    /** What {@link #learn} needs to know of the moment before a batch is decided. */
    public long versionBefore(ProductId id) {
        return refusalNanos == 0 ? 0 : seen(id).version.get();
    }

    /**
     * Remembers that a request found nothing left or the sale not open, unless this node has changed the stock
     * meanwhile. What a request was refused for by itself tells nothing of others.
     *
     * @param outcome of the last request for the product in a batch, or of an earlier one if the later ones did not tell
     * @return whether this outcome tells what there is for others
     */
    public boolean learn(ProductId id, long versionBefore, HoldOutcome outcome) {
        if (refusalNanos == 0) {
            return true;
        }
        return switch (outcome) {
            case HoldOutcome.SoldOut soldOut -> {
                remember(id, versionBefore, soldOut, refusalNanos);
                yield true;
            }
            case HoldOutcome.AllHeld held -> {
                remember(id, versionBefore, held, Math.min(refusalNanos, nanos(held.retryAfter())));
                yield true;
            }
            case HoldOutcome.Placed ignored -> true;
            case HoldOutcome.InsufficientStock ignored -> true;
            case HoldOutcome.NotOnSale closed -> {
                remember(
                        id,
                        versionBefore,
                        closed,
                        closed.retryAfter()
                                .map(opening -> Math.min(refusalNanos, nanos(opening)))
                                .orElse(refusalNanos));
                yield true;
            }
            case HoldOutcome.IdReused ignored -> false;
            case HoldOutcome.AlreadyHeld ignored -> false;
            case HoldOutcome.MixedCurrencies ignored -> false;
            case HoldOutcome.LinesShort ignored -> false;
            case HoldOutcome.QuantityTooLarge ignored -> false;
            case HoldOutcome.CustomerRequired ignored -> false;
            case HoldOutcome.LimitReached ignored -> false;
            case HoldOutcome.UnknownProduct ignored -> {
                products.remove(id);
                yield true;
            }
        };
    }

    private void remember(ProductId id, long version, HoldOutcome refusal, long nanos) {
        seen(id).lastRefusal = new Refusal(refusal, version, nanoTime.getAsLong() + nanos, holdIds.now());
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(Long.MAX_VALUE / 2_000_000_000L)) > 0
                ? Long.MAX_VALUE / 2
                : duration.toNanos();
    }
}
