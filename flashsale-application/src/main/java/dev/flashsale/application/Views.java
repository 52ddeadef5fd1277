package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
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

    private final Ports ports;

    Views(Ports ports) {
        this.ports = ports;
    }

    Optional<ViewProduct.View> product(ProductId id) {
        Product product = ports.products().find(Set.of(id)).get(id);
        AsOf<ProductId, Stock> stocks = ports.stocks().view(Set.of(id));
        Stock stock = stocks.rows().get(id);
        return product == null || stock == null
                ? Optional.empty()
                : Optional.of(new ViewProduct.View(
                        product, stock, stock.rules().window().stateAt(stocks.now())));
    }

    /** The hold is read before its order: a hold that reads as ordered has its order by then. */
    Optional<ViewHold.View> hold(HoldId id) {
        AsOf<HoldId, Hold> found = ports.holds().find(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(hold -> {
            HoldStatus status = hold.statusAt(found.now());
            return new ViewHold.View(hold, status, status == HoldStatus.ORDERED ? orderOf(id) : Optional.empty());
        });
    }

    Optional<Order> order(OrderId id) {
        AsOf<OrderId, Order> found = ports.orders().find(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(order -> order.asOf(found.now()));
    }

    private Optional<Order> orderOf(HoldId id) {
        AsOf<HoldId, Order> found = ports.orders().findByHold(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(order -> order.asOf(found.now()));
    }
}
