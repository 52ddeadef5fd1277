package dev.flashsale.adapter.rest.stream;

import dev.flashsale.adapter.rest.PlaceUse;
import dev.flashsale.adapter.rest.StreamSettings;
import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Streamed;
import dev.flashsale.application.Busy;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Products;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The products that clients of this server listen to, and who listens to them. While anybody does, one {@link Reader}
 * reads them; nothing is kept of those that nobody listens to. Thread-safe.
 */
public final class LiveProducts implements AutoCloseable {

    /** All of them are read together. */
    static final int MAX_PRODUCTS = 1_000;

    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(5);
    private static final String PLACES = "streams";

    private final Products products;
    private final Function<ProductView, byte[]> json;
    private final StreamSettings settings;
    private final int most;
    private final LongAdder refused = new LongAdder();

    private final ConcurrentHashMap<Set<ProductId>, CompletableFuture<Map<ProductId, ProductView>>> underWay =
            new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ProductId, LiveProduct> listenedTo = new HashMap<>();
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private boolean isRead;
    private boolean closed;

    /**
     * @param json of a product, without a line break
     * @param most of the listeners, however many are set
     */
    public LiveProducts(Products products, Function<ProductView, byte[]> json, StreamSettings settings, int most) {
        this.products = products;
        this.json = json;
        this.settings = settings;
        this.most = Math.min(settings.maxListeners(), most);
    }

    /**
     * One more who listens, until it is closed; none if there is no such product.
     *
     * @param ids each once
     * @param lastEventId of the last event that the client has had; empty for none
     * @param longest how long it may listen before it has to come back
     * @param places for a reading, where one is needed
     * @throws Busy if there are too many
     */
    public Optional<Streamed> join(List<ProductId> ids, String lastEventId, Duration longest, Admission places) {
        Function<List<LiveProduct>, Listener> listener =
                live -> new Listener(live, lastEventId, settings.heartbeat(), longest, this::leave);
        Optional<Streamed> joined = added(ids, Map.of(), listener);
        return joined.isPresent() ? joined : added(ids, readOnce(Set.copyOf(ids), places), listener);
    }

    /** A crowd that comes for the same at once is read for once, and again for those who come as that ends. */
    private Map<ProductId, ProductView> readOnce(Set<ProductId> ids, Admission places) {
        CompletableFuture<Map<ProductId, ProductView>> mine = new CompletableFuture<>();
        CompletableFuture<Map<ProductId, ProductView>> before = underWay.putIfAbsent(ids, mine);
        if (before != null) {
            try {
                return before.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
        try {
            mine.complete(places.admit(() -> read(ids)));
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(ids, mine);
        }
        return mine.join();
    }

    /** Each by itself where one cannot be found with the others, so that what is wrong with it is said. */
    private Map<ProductId, ProductView> read(Set<ProductId> ids) {
        Map<ProductId, ProductView> found = new HashMap<>(products.views(ids));
        for (ProductId id : ids) {
            if (!found.containsKey(id)) {
                products.view(id).ifPresent(view -> found.put(id, view));
            }
        }
        return found;
    }

    /** None where one of them is neither listened to nor was read. */
    private Optional<Streamed> added(
            List<ProductId> ids, Map<ProductId, ProductView> read, Function<List<LiveProduct>, Listener> listener) {
        return locked(() -> {
            List<LiveProduct> live = new ArrayList<>(ids.size());
            int more = 0;
            for (ProductId id : ids) {
                LiveProduct product = listenedTo.get(id);
                // Of one that is gone the last listeners may not have left.
                if (product == null || product.latest() == null) {
                    ProductView first = read.get(id);
                    if (first == null) {
                        requireRoom(0);
                        return Optional.empty();
                    }
                    product = new LiveProduct(id, snapshot(first));
                    more++;
                }
                live.add(product);
            }
            requireRoom(more);
            return Optional.of(added(listener.apply(live)));
        });
    }

    private void requireRoom(int moreProducts) {
        if (closed || listeners.size() >= most || listenedTo.size() + moreProducts > MAX_PRODUCTS) {
            throw tooMany();
        }
    }

    private Busy tooMany() {
        refused.increment();
        return Busy.queue("Too many listen at once.", COME_BACK_AFTER);
    }

    private Listener added(Listener listener) {
        listeners.add(listener);
        for (LiveProduct product : listener.products()) {
            product.listeners.add(listener);
            listenedTo.put(product.id(), product);
        }
        if (!isRead) {
            isRead = true;
            Thread unused =
                    Thread.ofVirtual().name("flashsale-streams").start(new Reader(this, products, settings.interval()));
        }
        return listener;
    }

    private void leave(Listener listener) {
        locked(() -> {
            listeners.remove(listener);
            for (LiveProduct product : listener.products()) {
                product.listeners.remove(listener);
                if (product.listeners.isEmpty()) {
                    listenedTo.remove(product.id(), product);
                }
            }
            return listener;
        });
    }

    /** For the reader: what is to be read; if nothing is, it has to end, and another one is begun when it is needed. */
    List<LiveProduct> toBeRead() {
        return locked(() -> {
            isRead = !listenedTo.isEmpty() && !closed;
            return isRead ? List.copyOf(listenedTo.values()) : List.of();
        });
    }

    /** Who listens to any of them. */
    Set<Listener> listenersOf(Collection<LiveProduct> changed) {
        return locked(() -> {
            Set<Listener> all = new LinkedHashSet<>();
            changed.forEach(product -> all.addAll(product.listeners));
            return all;
        });
    }

    Snapshot snapshot(ProductView view) {
        return Snapshot.of(view, json.apply(view));
    }

    /** How many listen, and how many could not. */
    public PlaceUse use() {
        return new PlaceUse(PLACES, most, locked(listeners::size), refused.sum());
    }

    /** Ends every stream, as soon as its thread runs, and takes no more. */
    @Override
    public void close() {
        locked(() -> {
                    closed = true;
                    return List.copyOf(listeners);
                })
                .forEach(Listener::end);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }
}
