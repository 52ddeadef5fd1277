package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

final class CreateProductService implements CreateProduct, CreateProductOnce {

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

    /** Whoever uses the key meanwhile has committed by the time there is a number, or fails with a duplicate and runs again. */
    @Override
    public KeyedOutcome<ViewProduct.View> create(NewProduct product, Cause cause, IdempotencyKey key) {
        ScopedKey scoped = ScopedKey.ofProduct(key);
        String request = digest(product + "\n" + cause);
        return ports.transactions().run(attempt -> {
            ProductId id = ports.products().nextId();
            KeptOutcome kept = ports.idempotencyKeys().find(Set.of(scoped)).get(scoped);
            if (kept == null) {
                ViewProduct.View view = add(product, id, cause, new AtomicReference<>());
                ports.idempotencyKeys().insert(List.of(new KeptOutcome(scoped, request, id + " " + view.sale())));
                return new KeyedOutcome.First<>(view);
            }
            return kept.request().equals(request)
                    ? new KeyedOutcome.Replayed<>(read(product, kept.outcome().split(" ", -1)))
                    : new KeyedOutcome.KeyReused<>(key);
        });
    }

    private static ViewProduct.View read(NewProduct product, String[] words) {
        ProductId id = new ProductId(Long.parseLong(words[0]));
        return new ViewProduct.View(product.product(id), product.stock(id), SaleState.valueOf(words[1]));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
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
