package dev.flashsale.application.product;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.batch.OutcomeCodec;
import dev.flashsale.application.product.CreateProductService.Wish;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Keeps the product's number; the rest is in the request, of which a digest is kept. */
public final class ProductCodec implements OutcomeCodec<Wish, ProductView> {

    @Override
    public ScopedKey scoped(IdempotencyKey key, Wish wish) {
        return ScopedKey.ofProduct(key);
    }

    @Override
    public String request(Wish wish) {
        try {
            byte[] text = (wish.product + "\n" + wish.cause).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public Optional<String> outcome(ProductView view) {
        return Optional.of(view.product().id() + " " + view.sale());
    }

    @Override
    public ProductView read(Wish wish, String outcome) {
        String[] words = outcome.split(" ", -1);
        ProductId id = new ProductId(Long.parseLong(words[0]));
        return new ProductView(wish.product.product(id), wish.product.stock(id), SaleState.valueOf(words[1]));
    }
}
