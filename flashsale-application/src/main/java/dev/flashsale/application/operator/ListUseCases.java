package dev.flashsale.application.operator;

import dev.flashsale.application.CountedHold;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.HoldView;
import dev.flashsale.application.KeptPayment;
import dev.flashsale.application.Lists;
import dev.flashsale.application.OrderView;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Refund;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.order.OrderViews;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundPolicy;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

public final class ListUseCases implements Lists {

    private static final Duration PIECES_WITHIN = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final Failures failures;
    private final OrderViews views;
    private final HoldPolicy holds;
    private final Duration paymentKeep;

    public ListUseCases(
            Transactions transactions, Failures failures, OrderViews views, HoldPolicy holds, Duration paymentKeep) {
        this.holds = holds;
        this.transactions = transactions;
        this.failures = failures;
        this.views = views;
        this.paymentKeep = paymentKeep;
    }

    @Override
    public Page<ProductView, ProductId> products(Optional<ProductId> after, PageSize size) {
        return transactions.read(tx -> products(tx, false, after, size));
    }

    @Override
    public Page<ProductView, ProductId> retiredProducts(Optional<ProductId> after, PageSize size) {
        return transactions.read(tx -> products(tx, true, after, size));
    }

    private Page<ProductView, ProductId> products(
            Transaction tx, boolean retired, Optional<ProductId> after, PageSize size) {
        Slice<ProductId, Product> products = tx.products().page(retired, after, size.value());
        Slice<ProductId, Stock> stocks = tx.stocks().view(products.rows().keySet());
        report("stock of product ", stocks, Function.identity());
        return page("product ", products, Function.identity(), (id, product) -> {
            Stock stock = stocks.rows().get(id);
            return stock == null
                    ? null
                    : new ProductView(product, stock, stock.rules().stateAt(stocks.now()));
        });
    }

    @Override
    public List<ProductPieces> pieces(PageSize most) {
        return transactions.read(tx -> tx.audits().pieces(most.value(), PIECES_WITHIN));
    }

    @Override
    public List<ExpiringPieces> expiring(ProductId id) {
        return transactions.read(tx -> tx.audits().expiring(id, PIECES_WITHIN));
    }

    @Override
    public Page<Hold, HoldPosition> holds(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, PageSize size) {
        return page(
                "hold ",
                transactions.read(tx -> tx.holdLists().page(productId, status, after, size.value())),
                HoldPosition::id,
                (position, hold) -> hold);
    }

    @Override
    public Page<OrderView, OrderPosition> orders(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, PageSize size) {
        return transactions.read(tx -> {
            Slice<OrderPosition, Order> found = tx.orderLists().page(productId, status, after, size.value());
            Function<Order, OrderView> view = views.of(tx, found.rows().values());
            return page("order ", found, OrderPosition::id, (position, order) -> view.apply(order.with(status)));
        });
    }

    @Override
    public Page<HoldView, CustomersPosition> holds(CustomerId id, Optional<CustomersPosition> after, PageSize size) {
        return transactions.read(tx -> {
            Slice<CustomersPosition, Hold> found = tx.holdLists().page(id, after, size.value());
            Map<HoldId, Order> orders = ordersOf(tx, found.rows().values());
            return page("hold ", found, CustomersPosition::id, (position, hold) -> {
                HoldStatus status = hold.statusAt(found.now());
                return new HoldView(
                        hold,
                        status,
                        status == HoldStatus.ACTIVE ? holds.extensionsLeft(hold) : 0,
                        status == HoldStatus.ORDERED ? Optional.ofNullable(orders.get(hold.id())) : Optional.empty());
            });
        });
    }

    @Override
    public Page<OrderView, CustomersPosition> orders(CustomerId id, Optional<CustomersPosition> after, PageSize size) {
        return transactions.read(tx -> {
            Slice<CustomersPosition, Hold> found = tx.holdLists().page(id, after, size.value());
            Map<HoldId, Order> orders = ordersOf(tx, found.rows().values());
            Function<Order, OrderView> view = views.of(tx, orders.values());
            return page("hold ", found, CustomersPosition::id, (position, hold) -> {
                Order order = orders.get(hold.id());
                return order == null ? null : view.apply(order);
            });
        });
    }

    /** As they read now. What cannot be read is reported and left out. */
    private Map<HoldId, Order> ordersOf(Transaction tx, Collection<Hold> holds) {
        Set<HoldId> ordered = new TreeSet<>();
        for (Hold hold : holds) {
            if (hold instanceof EndedHold ended && ended.how() == HoldEnd.ORDERED) {
                ordered.add(hold.id());
            }
        }
        return ordersOf(tx, ordered);
    }

    private Map<HoldId, Order> ordersOf(Transaction tx, Set<HoldId> ordered) {
        if (ordered.isEmpty()) {
            return Map.of();
        }
        Slice<HoldId, Order> found = tx.orderLists().ofHolds(ordered);
        report("order of hold ", found, Function.identity());
        Map<HoldId, Order> orders = new TreeMap<>();
        found.rows().forEach((holdId, order) -> orders.put(holdId, order.asOf(found.now())));
        return orders;
    }

    @Override
    public List<CountedHold> countedHolds(ProductId id, CustomerId customerId) {
        return transactions.read(tx -> {
            List<HoldLine> lines = tx.holdLists().counted(id, customerId, PageSize.MAX);
            Map<HoldId, Order> orders = ordersOf(
                    tx,
                    lines.stream()
                            .filter(line -> line.status() == HoldStatus.ORDERED)
                            .map(HoldLine::holdId)
                            .collect(Collectors.toCollection(TreeSet::new)));
            return lines.stream()
                    .<CountedHold>mapMulti((line, counted) -> {
                        Order order = orders.get(line.holdId());
                        if (order == null
                                ? line.status() == HoldStatus.ACTIVE
                                : order.status().takesStock()) {
                            counted.accept(new CountedHold(
                                    line.holdId(),
                                    line.item().quantity(),
                                    Optional.ofNullable(order).map(Order::id)));
                        }
                    })
                    .toList();
        });
    }

    @Override
    public Page<LoggedEntry, Long> operatorLog(Optional<Subject> doneTo, Optional<Long> after, PageSize size) {
        return page(
                "log entry ",
                transactions.read(tx -> tx.operatorLog().page(doneTo, after, size.value())),
                Function.identity(),
                (number, entry) -> entry);
    }

    @Override
    public Optional<Page<LedgerRow, Long>> stockLedger(ProductId id, Optional<Long> after, PageSize size) {
        return transactions.read(tx -> tx.products().find(Set.of(id)).isEmpty()
                ? Optional.empty()
                : Optional.of(page(
                        "ledger row ",
                        tx.stocks().ledger(id, after, size.value()),
                        Function.identity(),
                        (number, row) -> row)));
    }

    @Override
    public Page<OrderView, OrderId> allOrders(Optional<OrderId> after, PageSize size) {
        return transactions.read(tx -> {
            Slice<OrderId, Order> found = tx.orderLists().page(after, size.value());
            Function<Order, OrderView> view = views.of(tx, found.rows().values());
            return page("order ", found, Function.identity(), (id, order) -> view.apply(order.asOf(found.now())));
        });
    }

    @Override
    public Page<KeptPayment, Long> keptPayments(Optional<Long> after, PageSize size) {
        return page(
                "payment ",
                transactions.read(tx -> tx.paymentLists().kept(after.orElse(0L), size.value())),
                Function.identity(),
                (number, kept) -> new KeptPayment(
                        number,
                        kept.payment().payment(),
                        kept.receivedAt(),
                        kept.receivedAt().plus(paymentKeep)));
    }

    @Override
    public Page<ListedConflict, Long> conflicts(Optional<Long> after, PageSize size) {
        return page(
                "conflict ",
                transactions.read(tx -> tx.paymentLists().conflicts(after.orElse(0L), size.value())),
                Function.identity(),
                (number, conflict) -> conflict);
    }

    /** An order is there for as long as money must be given back for it. */
    @Override
    public Page<Refund, Long> refunds(Optional<Long> after, PageSize size) {
        return transactions.read(tx -> refunds(tx, after, size));
    }

    private Page<Refund, Long> refunds(Transaction tx, Optional<Long> after, PageSize size) {
        Slice<Long, ReceivedPayment> open = tx.paymentLists().openRefunds(after.orElse(0L), size.value());
        Set<OrderId> ids = open.rows().values().stream()
                .map(refund -> refund.payment().payment().orderId())
                .collect(Collectors.toCollection(TreeSet::new));
        List<RecordedPayment> all = ids.isEmpty()
                ? List.of()
                : tx.paymentLists().ofOrders(ids).rows().values().stream()
                        .map(ReceivedPayment::payment)
                        .toList();
        Map<OrderId, Order> orders = ids.isEmpty() ? Map.of() : orders(tx, ids);
        return page(
                "payment ",
                open,
                Function.identity(),
                (number, refund) ->
                        refund(refund, orders.get(refund.payment().payment().orderId()), all));
    }

    private Map<OrderId, Order> orders(Transaction tx, Set<OrderId> ids) {
        Slice<OrderId, Order> found = tx.orderLists().among(ids);
        report("order ", found, Function.identity());
        return found.rows();
    }

    private static Refund refund(ReceivedPayment open, @Nullable Order order, List<RecordedPayment> all) {
        Payment payment = open.payment().payment();
        Payment whole = order == null ? payment : payment.completedBy(order.amount());
        return new Refund(
                open.number(),
                whole,
                RefundPolicy.rest(whole, all),
                RefundReason.of(open.payment(), order),
                open.receivedAt());
    }

    /**
     * What cannot be read is reported and left out.
     *
     * @param item null to leave it out
     */
    private <K, V, T> Page<T, K> page(
            String what, Slice<K, V> slice, Function<? super K, ?> id, BiFunction<K, V, @Nullable T> item) {
        report(what, slice, id);
        List<T> items = new ArrayList<>(slice.rows().size());
        slice.rows().forEach((where, row) -> {
            T shown = item.apply(where, row);
            if (shown != null) {
                items.add(shown);
            }
        });
        return new Page<>(items, slice.next());
    }

    private <K> void report(String what, Slice<K, ?> slice, Function<? super K, ?> id) {
        slice.unreadable().forEach((where, wrong) -> failures.report(Work.LIST, what + id.apply(where), wrong));
    }

    @Override
    public List<Endpoint> endpoints() {
        return transactions.read(tx -> tx.endpoints().all());
    }

    @Override
    public Map<EndpointId, Long> waiting() {
        return transactions.read(tx -> tx.endpoints().all().stream()
                .collect(Collectors.toMap(
                        Endpoint::id,
                        endpoint -> tx.endpoints().behind(endpoint.id()).stream()
                                .mapToLong(Lag::events)
                                .sum())));
    }

    @Override
    public List<Delivery> deliveries(EndpointId id, Optional<Instant> before, PageSize size) {
        return transactions.read(tx -> tx.endpoints().deliveries(id, before, size.value()));
    }
}
