package dev.flashsale.domain.testing;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderLine;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import dev.flashsale.domain.testing.InMemoryDatabase.KeptKey;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of the fakes, by key; payments in the order in which they came. */
final class Tables {

    final NavigableMap<ProductId, Product> products = new TreeMap<>();
    final NavigableMap<ProductId, Stock> stocks = new TreeMap<>();
    final NavigableMap<HoldId, List<HoldLine>> holds = new TreeMap<>();
    final NavigableMap<OrderId, List<OrderLine>> orders = new TreeMap<>();

    /** The pieces that came back of orders that keep others. */
    final Map<OrderId, List<Item>> returnedPieces = new TreeMap<>();

    final Map<ReportId, ReceivedPayment> payments = new LinkedHashMap<>();
    final Set<TransactionId> openRefunds = new TreeSet<>();

    /** What nobody has looked at yet is in the second one, too, by the numbers. */
    final List<ListedConflict> conflicts = new ArrayList<>();

    final Set<Long> openConflicts = new TreeSet<>();

    final List<TotalChange> ledger = new ArrayList<>();
    final List<LogEntry> operatorLog = new ArrayList<>();
    final NavigableMap<ScopedKey, KeptKey> keys = new TreeMap<>();

    /** By product, and by number there. */
    final Map<Long, NavigableMap<Long, KeptEvent>> events = new TreeMap<>();

    final Map<Long, Long> eventNumbers = new TreeMap<>();
    final Map<ProductId, Instant> announced = new TreeMap<>();

    final NavigableMap<EndpointId, Endpoint> endpoints = new TreeMap<>();
    final Map<EndpointId, InMemoryEndpoints.Lease> leases = new TreeMap<>();
    final Map<EndpointId, NavigableMap<Long, Position>> positions = new TreeMap<>();
    final NavigableMap<InMemoryEndpoints.Place, Delivery> deliveries = new TreeMap<>();
    final Map<EventKind, Instant> readers = new TreeMap<>();

    Tables copy() {
        Tables copy = new Tables();
        copy.products.putAll(products);
        copy.stocks.putAll(stocks);
        copy.holds.putAll(holds);
        copy.orders.putAll(orders);
        copy.returnedPieces.putAll(returnedPieces);
        copy.payments.putAll(payments);
        copy.conflicts.addAll(conflicts);
        copy.openConflicts.addAll(openConflicts);
        copy.ledger.addAll(ledger);
        copy.operatorLog.addAll(operatorLog);
        copy.openRefunds.addAll(openRefunds);
        copy.keys.putAll(keys);
        events.forEach((product, rows) -> copy.events.put(product, new TreeMap<>(rows)));
        copy.eventNumbers.putAll(eventNumbers);
        copy.announced.putAll(announced);
        copy.endpoints.putAll(endpoints);
        copy.leases.putAll(leases);
        positions.forEach((endpoint, rows) -> copy.positions.put(endpoint, new TreeMap<>(rows)));
        copy.deliveries.putAll(deliveries);
        copy.readers.putAll(readers);
        return copy;
    }

    /** The rows of a table that is only added to, numbered from 1. */
    static <V, N> Stream<N> lastFirst(List<V> table, Numbered<V, N> numbered) {
        return IntStream.rangeClosed(1, table.size())
                .mapToObj(number -> numbered.of(number, table.get(number - 1)))
                .toList()
                .reversed()
                .stream();
    }

    interface Numbered<V, N> {
        N of(long number, V row);
    }

    static <K, V> void add(Map<K, V> table, K key, V row) {
        if (table.putIfAbsent(key, row) != null) {
            throw new DuplicateKey(key);
        }
    }

    static <K, V> V existing(Map<K, V> table, K key) {
        V row = table.get(key);
        if (row == null) {
            throw new IllegalStateException("no such row: " + key);
        }
        return row;
    }

    /** The first so many of these, and where they end. */
    static <K, V> Slice<K, V> slice(Instant now, Stream<Map.Entry<K, V>> rows, int limit) {
        List<Map.Entry<K, V>> found = rows.limit(limit + 1L).toList();
        Map<K, V> shown = new LinkedHashMap<>();
        found.stream().limit(limit).forEach(row -> shown.put(row.getKey(), row.getValue()));
        return new Slice<>(
                now,
                shown,
                Map.of(),
                found.size() > limit ? Optional.of(found.get(limit - 1).getKey()) : Optional.empty());
    }

    static <K> void remove(Map<K, ?> table, Collection<K> keys) {
        keys.forEach(key -> {
            Object removed = existing(table, key);
            if (!table.remove(key, removed)) {
                throw new IllegalStateException("not removed: " + key);
            }
        });
    }

    /** The rows that exist, in the order of their keys. */
    static <K extends Comparable<K>, V> Map<K, V> among(Map<K, V> table, Collection<K> keys) {
        Map<K, V> found = new TreeMap<>();
        for (K key : keys) {
            V row = table.get(key);
            if (row != null) {
                found.put(key, row);
            }
        }
        return found;
    }
}
