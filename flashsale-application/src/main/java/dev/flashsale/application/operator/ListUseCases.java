package dev.flashsale.application.operator;

import dev.flashsale.application.Lists;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Refund;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.OpenRefund;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

public final class ListUseCases implements Lists {

    private final Transactions transactions;

    public ListUseCases(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Page<ProductView, ProductId> products(Optional<ProductId> after, PageSize size) {
        return transactions.read(tx -> products(tx, after, size));
    }

    private static Page<ProductView, ProductId> products(Transaction tx, Optional<ProductId> after, PageSize size) {
        Page<Product, ProductId> products = Pages.of(tx.products().page(after, Pages.rowsOf(size)), size, Product::id);
        AsOf<ProductId, Stock> stocks =
                tx.stocks().view(products.items().stream().map(Product::id).toList());
        List<ProductView> views = new ArrayList<>();
        for (Product product : products.items()) {
            Stock stock = stocks.rows().get(product.id());
            if (stock != null) {
                views.add(new ProductView(product, stock, stock.rules().window().stateAt(stocks.now())));
            }
        }
        return new Page<>(views, products.next());
    }

    @Override
    public Page<Hold, HoldPosition> holds(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, PageSize size) {
        return Pages.of(
                transactions.read(tx -> tx.holdLists().page(productId, status, after, Pages.rowsOf(size))), size);
    }

    @Override
    public Page<Order, OrderPosition> orders(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, PageSize size) {
        SortedMap<OrderPosition, Order> orders =
                transactions.read(tx -> tx.orderLists().page(productId, status, after, Pages.rowsOf(size)));
        orders.replaceAll((position, order) -> order.with(status));
        return Pages.of(orders, size);
    }

    @Override
    public Page<LoggedEntry, Long> operatorLog(Optional<Subject> doneTo, Optional<Long> after, PageSize size) {
        return Pages.of(
                transactions.read(tx -> tx.operatorLog().page(doneTo, after, Pages.rowsOf(size))),
                size,
                LoggedEntry::number);
    }

    @Override
    public Optional<Page<LedgerRow, Long>> stockLedger(ProductId id, Optional<Long> after, PageSize size) {
        return transactions.read(tx -> tx.products().find(Set.of(id)).isEmpty()
                ? Optional.empty()
                : Optional.of(Pages.of(tx.stocks().ledger(id, after, Pages.rowsOf(size)), size, LedgerRow::number)));
    }

    @Override
    public Page<Order, OrderId> allOrders(Optional<OrderId> after, PageSize size) {
        AsOf<OrderId, Order> found = transactions.read(tx -> tx.orderLists().page(after, Pages.rowsOf(size)));
        List<Order> orders = found.rows().values().stream()
                .map(order -> order.asOf(found.now()))
                .toList();
        return Pages.of(orders, size, Order::id);
    }

    /** An order is there for as long as money must be given back for it. */
    @Override
    public Page<Refund, Long> refunds(Optional<Long> after, PageSize size) {
        return transactions.read(tx -> refunds(tx, after, size));
    }

    private static Page<Refund, Long> refunds(Transaction tx, Optional<Long> after, PageSize size) {
        List<OpenRefund> open = tx.paymentLists().openRefunds(after.orElse(0L), Pages.rowsOf(size));
        Set<OrderId> ids = open.stream()
                .map(refund -> refund.payment().payment().orderId())
                .collect(Collectors.toCollection(TreeSet::new));
        Map<OrderId, Order> orders =
                ids.isEmpty() ? Map.of() : tx.orders().find(ids).rows();
        List<Refund> refunds = open.stream()
                .map(refund ->
                        refund(refund, orders.get(refund.payment().payment().orderId())))
                .toList();
        return Pages.of(refunds, size, Refund::number);
    }

    private static Refund refund(OpenRefund open, @Nullable Order order) {
        Payment payment = open.payment().payment();
        return new Refund(
                open.number(),
                order == null ? payment : payment.completedBy(order.amount()),
                RefundReason.of(open.payment(), order),
                open.receivedAt());
    }
}
