package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.util.Optional;
import java.util.Set;

/** Reads that lock nothing. */
final class Views {

    private final Transactions transactions;

    Views(Transactions transactions) {
        this.transactions = transactions;
    }

    Optional<ViewProduct.View> product(ProductId id) {
        return transactions.read(tx -> product(tx, id));
    }

    Optional<ViewProduct.View> product(Transaction tx, ProductId id) {
        Product product = tx.products().find(Set.of(id)).get(id);
        AsOf<ProductId, Stock> stocks = tx.stocks().view(Set.of(id));
        Stock stock = stocks.rows().get(id);
        return product == null || stock == null
                ? Optional.empty()
                : Optional.of(new ViewProduct.View(
                        product, stock, stock.rules().window().stateAt(stocks.now())));
    }

    /** The hold is read before its order: a hold that reads as ordered has its order by then. */
    Optional<ViewHold.View> hold(HoldId id) {
        return transactions.read(tx -> hold(tx, id));
    }

    private static Optional<ViewHold.View> hold(Transaction tx, HoldId id) {
        AsOf<HoldId, Hold> found = tx.holds().find(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(hold -> {
            HoldStatus status = hold.statusAt(found.now());
            return new ViewHold.View(hold, status, status == HoldStatus.ORDERED ? orderOf(tx, id) : Optional.empty());
        });
    }

    Optional<Order> order(OrderId id) {
        return transactions.read(tx -> order(tx, id));
    }

    private static Optional<Order> order(Transaction tx, OrderId id) {
        AsOf<OrderId, Order> found = tx.orders().find(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(order -> order.asOf(found.now()));
    }

    private static Optional<Order> orderOf(Transaction tx, HoldId id) {
        AsOf<HoldId, Order> found = tx.orders().findByHold(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(order -> order.asOf(found.now()));
    }
}
