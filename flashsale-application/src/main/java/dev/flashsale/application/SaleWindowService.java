package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

final class SaleWindowService implements OpenSale, CloseSale {

    private final Transactions transactions;
    private final ProductBook book;

    SaleWindowService(Transactions transactions, ProductBook book) {
        this.transactions = transactions;
        this.book = book;
    }

    @Override
    public Optional<SaleWindow> open(ProductId productId, Cause cause) {
        return set(productId, Action.SALE_OPENED, SaleWindow::openedAt, cause);
    }

    @Override
    public Optional<SaleWindow> close(ProductId productId, Cause cause) {
        return set(productId, Action.SALE_CLOSED, SaleWindow::closedAt, cause);
    }

    private Optional<SaleWindow> set(
            ProductId productId, Action action, BiFunction<SaleWindow, Instant, SaleWindow> rule, Cause cause) {
        return transactions.run(tx -> {
            AsOf<ProductId, Stock> locked = tx.stocks().lock(Set.of(productId));
            return Optional.ofNullable(locked.rows().get(productId)).map(stock -> {
                SaleRules rules = stock.rules();
                SaleWindow window = rule.apply(rules.window(), locked.now());
                book.rule(
                        tx,
                        action,
                        stock,
                        new SaleRules(rules.maxPerHold(), rules.maxPerCustomer(), window),
                        cause,
                        locked.now());
                return window;
            });
        });
    }
}
