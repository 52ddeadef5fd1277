package dev.flashsale.application.event;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.EventStamp;
import dev.flashsale.domain.event.SaleEvent;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does, as far as somebody wants to know, and what it has read of it on its way. At its end the events are
 * numbered, and kept if they are to be: the last rows that it locks.
 */
final class Story {

    private final Transaction tx;
    private final Set<EventKind> wanted;
    private final Set<EventKind> kept;
    private final List<Draft> drafts = new ArrayList<>();
    private final Map<HoldId, @Nullable CustomerId> customers = new HashMap<>();
    private final Map<OrderId, Order> orders = new HashMap<>();
    private final Map<ProductId, Stock> stocks = new HashMap<>();
    private final Set<TransactionId> owed = new HashSet<>();
    private final Map<OrderId, List<RecordedPayment>> payments = new HashMap<>();
    private @Nullable Instant now;

    Story(Transaction tx, Set<EventKind> wanted, Set<EventKind> kept) {
        this.tx = tx;
        this.wanted = wanted;
        this.kept = kept;
    }

    /**
     * An event that has no number yet.
     *
     * @param hold whose customer it tells, if it is of one
     * @param order that it tells of and that may not have been read, if it is of such a one
     */
    private record Draft(@Nullable HoldId hold, @Nullable OrderId order, Function<EventStamp, SaleEvent> event) {}

    boolean wants(EventKind kind) {
        return wanted.contains(kind);
    }

    void add(EventKind kind, Function<EventStamp, SaleEvent> event) {
        add(kind, null, null, event);
    }

    /** One that tells the customer of a hold, or of the order that it became. */
    void addOfHold(EventKind kind, HoldId hold, Function<EventStamp, SaleEvent> event) {
        add(kind, hold, null, event);
    }

    /** One that tells of an order which may not exist. */
    void addOfOrder(EventKind kind, OrderId order, Function<EventStamp, SaleEvent> event) {
        add(kind, null, order, event);
    }

    private void add(
            EventKind kind, @Nullable HoldId hold, @Nullable OrderId order, Function<EventStamp, SaleEvent> event) {
        if (wants(kind)) {
            drafts.add(new Draft(hold, order, event));
        }
    }

    <K, V> AsOf<K, V> seen(AsOf<K, V> rows) {
        now = rows.now();
        return rows;
    }

    void saw(Hold hold) {
        customers.put(hold.id(), hold.customerId());
    }

    void saw(Order order) {
        orders.put(order.id(), order);
    }

    void saw(Stock stock) {
        stocks.put(stock.productId(), stock);
    }

    void saw(RecordedPayment payment) {
        if (payment.effect() == PaymentEffect.REFUND_REQUIRED) {
            owed.add(payment.payment().transactionId());
        }
    }

    /** All payments of an order, before the next one is written. */
    void saw(OrderId order, List<RecordedPayment> all) {
        all.forEach(this::saw);
        payments.put(order, List.copyOf(all));
    }

    /** As they were; none if they were not read. */
    List<RecordedPayment> paymentsOf(OrderId order) {
        return payments.getOrDefault(order, List.of());
    }

    /** Whether the money of that success had to be given back, as far as it was seen. */
    boolean owed(TransactionId success) {
        return owed.contains(success);
    }

    @Nullable
    Stock stock(ProductId id) {
        return stocks.get(id);
    }

    /** Of a hold that was seen, or will have been when events are made. */
    @Nullable
    CustomerId customerOf(HoldId id) {
        return customers.get(id);
    }

    /** As it was seen last; null if it was not, or does not exist. */
    @Nullable
    Order order(OrderId id) {
        return orders.get(id);
    }

    List<SaleEvent> end() {
        if (drafts.isEmpty()) {
            return List.of();
        }
        readTheRest();
        EventStamp unnumbered = EventStamp.notKept(now());
        List<SaleEvent> events = new ArrayList<>(
                drafts.stream().map(draft -> draft.event().apply(unnumbered)).toList());
        SortedMap<Long, Integer> counts = new TreeMap<>();
        for (SaleEvent event : events) {
            if (kept.contains(event.kind())) {
                numbering(event).forEach(product -> counts.merge(product, 1, Integer::sum));
            }
        }
        if (!counts.isEmpty()) {
            keep(events, tx.events().take(counts));
        }
        return events;
    }

    private void keep(List<SaleEvent> events, Map<Long, Long> first) {
        Map<Long, Long> next = new HashMap<>(first);
        List<SaleEvent> numbered = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            SaleEvent event = events.get(i);
            if (kept.contains(event.kind())) {
                SaleEvent told = drafts.get(i).event().apply(stamp(event, next));
                events.set(i, told);
                numbered.add(told);
            }
        }
        tx.events().append(numbered);
    }

    /** Named by its number among those of its first product, which no other has. */
    private EventStamp stamp(SaleEvent event, Map<Long, Long> next) {
        Map<ProductId, Long> sequences = new TreeMap<>();
        String id = null;
        for (long product : numbering(event)) {
            long number = next.merge(product, 1L, Long::sum) - 1;
            if (id == null) {
                id = product + "-" + number;
            }
            if (product != EventRepository.NO_PRODUCT) {
                sequences.put(new ProductId(product), number);
            }
        }
        return new EventStamp(event.stamp().at(), id, sequences);
    }

    private static List<Long> numbering(SaleEvent event) {
        return event.products().isEmpty()
                ? List.of(EventRepository.NO_PRODUCT)
                : event.products().stream().map(ProductId::value).toList();
    }

    /** What the work itself had no need of. */
    private void readTheRest() {
        Set<OrderId> unseenOrders = new TreeSet<>();
        Set<HoldId> unseenHolds = new TreeSet<>();
        for (Draft draft : drafts) {
            if (draft.order() != null && !orders.containsKey(draft.order())) {
                unseenOrders.add(draft.order());
            }
            if (draft.hold() != null && !customers.containsKey(draft.hold())) {
                unseenHolds.add(draft.hold());
            }
        }
        if (!unseenOrders.isEmpty()) {
            seen(tx.orders().find(unseenOrders)).rows().values().forEach(this::saw);
        }
        for (Draft draft : drafts) {
            Order order = draft.order() == null ? null : orders.get(draft.order());
            if (order != null && !customers.containsKey(order.holdId())) {
                unseenHolds.add(order.holdId());
            }
        }
        if (!unseenHolds.isEmpty()) {
            seen(tx.holds().find(unseenHolds)).rows().values().forEach(this::saw);
        }
    }

    private Instant now() {
        return now == null ? tx.orders().find(Set.of()).now() : now;
    }
}
