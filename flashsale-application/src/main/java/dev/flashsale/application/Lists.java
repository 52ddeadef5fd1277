package dev.flashsale.application;

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
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Reads of many that lock nothing, a page at a time. */
final class Lists {

    private final Transactions transactions;

    Lists(Transactions transactions) {
        this.transactions = transactions;
    }

    Page<ViewProduct.View, ProductId> products(Optional<ProductId> after, PageSize size) {
        return transactions.read(tx -> products(tx, after, size));
    }

    private static Page<ViewProduct.View, ProductId> products(
            Transaction tx, Optional<ProductId> after, PageSize size) {
        Page<Product, ProductId> products = Page.of(tx.products().page(after, size.andOneMore()), size, Product::id);
        AsOf<ProductId, Stock> stocks =
                tx.stocks().view(products.items().stream().map(Product::id).toList());
        List<ViewProduct.View> views = new ArrayList<>();
        for (Product product : products.items()) {
            Stock stock = stocks.rows().get(product.id());
            if (stock != null) {
                views.add(new ViewProduct.View(
                        product, stock, stock.rules().window().stateAt(stocks.now())));
            }
        }
        return new Page<>(views, products.next());
    }

    Page<Hold, HoldPosition> holds(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, PageSize size) {
        return Page.of(transactions.read(tx -> tx.holds().page(productId, status, after, size.andOneMore())), size);
    }

    Page<Order, OrderPosition> orders(
            ProductId productId, OrderStatus status, Optional<OrderPosition> after, PageSize size) {
        SortedMap<OrderPosition, Order> orders =
                transactions.read(tx -> tx.orders().page(productId, status, after, size.andOneMore()));
        orders.replaceAll((position, order) -> order.with(status));
        return Page.of(orders, size);
    }

    Page<LoggedEntry, Long> operatorLog(Optional<Subject> doneTo, Optional<Long> after, PageSize size) {
        return Page.of(
                transactions.read(tx -> tx.operatorLog().page(doneTo, after, size.andOneMore())),
                size,
                LoggedEntry::number);
    }

    Optional<Page<LedgerRow, Long>> stockLedger(ProductId id, Optional<Long> after, PageSize size) {
        return transactions.read(tx -> tx.products().find(Set.of(id)).isEmpty()
                ? Optional.empty()
                : Optional.of(Page.of(tx.stocks().ledger(id, after, size.andOneMore()), size, LedgerRow::number)));
    }

    Page<Order, OrderId> allOrders(Optional<OrderId> after, PageSize size) {
        AsOf<OrderId, Order> found = transactions.read(tx -> tx.orders().page(after, size.andOneMore()));
        List<Order> orders = found.rows().values().stream()
                .map(order -> order.asOf(found.now()))
                .toList();
        return Page.of(orders, size, Order::id);
    }
}
