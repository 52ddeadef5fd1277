package dev.flashsale.domain.testing;

import dev.flashsale.domain.event.EventPayload;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

final class InMemoryEvents implements EventRepository {

    private final InMemoryDatabase database;

    InMemoryEvents(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<Long, Long> take(SortedMap<Long, Integer> counts) {
        synchronized (database) {
            Map<Long, Long> first = new HashMap<>();
            counts.forEach((product, count) -> {
                long last = database.tables().eventNumbers.getOrDefault(product, 0L);
                database.tables().eventNumbers.put(product, last + count);
                first.put(product, last + 1);
            });
            return first;
        }
    }

    @Override
    public void append(Collection<SaleEvent> events) {
        synchronized (database) {
            events.forEach(event -> event.stamp().places().forEach((product, number) -> add(event, product, number)));
        }
    }

    private void add(SaleEvent event, long product, long number) {
        Tables.add(
                database.tables().events.computeIfAbsent(product, none -> new TreeMap<>()),
                number,
                new KeptEvent(
                        Objects.requireNonNull(event.stamp().id()),
                        product,
                        number,
                        event.kind(),
                        event.stamp().at(),
                        EventPayload.of(event)));
    }

    @Override
    public SortedMap<Long, Long> lastNumbers() {
        synchronized (database) {
            SortedMap<Long, Long> numbers = new TreeMap<>(database.tables().eventNumbers);
            numbers.values().removeIf(number -> number == 0);
            return numbers;
        }
    }

    @Override
    public List<KeptEvent> after(long product, long number, int limit) {
        synchronized (database) {
            return database
                    .tables()
                    .events
                    .getOrDefault(product, new TreeMap<>())
                    .tailMap(number, false)
                    .values()
                    .stream()
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<Long> productsWithOlderThan(Duration age, int limit) {
        synchronized (database) {
            Instant latest = database.now().minus(age);
            return database.tables().events.entrySet().stream()
                    .filter(of -> !of.getValue().isEmpty()
                            && !of.getValue().firstEntry().getValue().at().isAfter(latest))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public int deleteOlderThan(long product, Duration age, int limit) {
        synchronized (database) {
            Instant latest = database.now().minus(age);
            List<KeptEvent> old = after(product, 0, limit).stream()
                    .takeWhile(event -> !event.at().isAfter(latest))
                    .toList();
            old.forEach(event -> {
                KeptEvent unused = database.tables()
                        .events
                        .getOrDefault(product, new TreeMap<>())
                        .remove(event.number());
            });
            return old.size();
        }
    }

    @Override
    public Optional<Instant> lockAnnounced(ProductId product) {
        synchronized (database) {
            return Optional.ofNullable(database.tables().announced.get(product));
        }
    }

    @Override
    public void saveAnnounced(ProductId product, Instant until) {
        synchronized (database) {
            database.tables().announced.put(product, until);
        }
    }
}
