package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

final class CreateProductService implements CreateProduct {

    private final Ports ports;
    private final ProductBook book;
    private final Views views;

    CreateProductService(Ports ports, Views views) {
        this.ports = ports;
        this.book = new ProductBook(ports);
        this.views = views;
    }

    @Override
    public ViewProduct.View create(NewProduct product, Cause cause) {
        AtomicReference<@Nullable LogEntry> tried = new AtomicReference<>();
        return ports.transactions().run(attempt -> {
            // First of all, for it waits for an earlier run that may still be committing.
            ProductId id = ports.products().nextId();
            LogEntry before = tried.get();
            return before != null && ports.operatorLog().has(before)
                    ? views.product(new ProductId(before.subject())).orElseThrow()
                    : add(product, id, cause, tried);
        });
    }

    private ViewProduct.View add(
            NewProduct fresh, ProductId id, Cause cause, AtomicReference<@Nullable LogEntry> tried) {
        Instant now = ports.stocks().lock(Set.of(id)).now();
        Product product = fresh.product(id);
        Stock stock = fresh.stock(id);
        tried.set(book.add(product, stock, cause, now));
        return new ViewProduct.View(product, stock, stock.rules().window().stateAt(now));
    }
}
