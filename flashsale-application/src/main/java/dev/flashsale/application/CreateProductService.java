package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
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

    private final Transactions transactions;
    private final ProductBook book;
    private final Views views;

    CreateProductService(Transactions transactions, ProductBook book, Views views) {
        this.transactions = transactions;
        this.book = book;
        this.views = views;
    }

    @Override
    public ViewProduct.View create(NewProduct product, Cause cause) {
        AtomicReference<@Nullable LogEntry> tried = new AtomicReference<>();
        return transactions.run(tx -> {
            // First of all, for it waits for an earlier run that may still be committing.
            ProductId id = tx.products().nextId();
            LogEntry before = tried.get();
            return before != null && tx.operatorLog().has(before)
                    ? views.product(tx, new ProductId(before.subject())).orElseThrow()
                    : add(tx, product, id, cause, tried);
        });
    }

    /** Whoever uses the key meanwhile has committed by the time there is a number, or fails with a duplicate and runs again. */
    @Override
    public KeyedOutcome<ViewProduct.View> create(NewProduct product, Cause cause, IdempotencyKey key) {
        ScopedKey scoped = ScopedKey.ofProduct(key);
        String request = digest(product + "\n" + cause);
        return transactions.run(tx -> {
            ProductId id = tx.products().nextId();
            KeptOutcome kept = tx.idempotencyKeys().find(Set.of(scoped)).get(scoped);
            if (kept == null) {
                ViewProduct.View view = add(tx, product, id, cause, new AtomicReference<>());
                tx.idempotencyKeys().insert(List.of(new KeptOutcome(scoped, request, id + " " + view.sale())));
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
            Transaction tx, NewProduct fresh, ProductId id, Cause cause, AtomicReference<@Nullable LogEntry> tried) {
        Instant now = tx.stocks().lock(Set.of(id)).now();
        Product product = fresh.product(id);
        Stock stock = fresh.stock(id);
        tried.set(book.add(tx, product, stock, cause, now));
        return new ViewProduct.View(product, stock, stock.rules().window().stateAt(now));
    }
}
