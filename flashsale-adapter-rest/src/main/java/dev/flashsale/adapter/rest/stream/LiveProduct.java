package dev.flashsale.adapter.rest.stream;

import dev.flashsale.domain.product.ProductId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A product that somebody listens to, as it was last read. */
final class LiveProduct {

    /** {@link LiveProducts} has the lock on them. */
    final Set<Listener> listeners = new HashSet<>();

    /** None once the product is gone. */
    private volatile @Nullable Snapshot latest;

    private final ProductId id;

    LiveProduct(ProductId id, Snapshot first) {
        this.id = id;
        this.latest = first;
    }

    ProductId id() {
        return id;
    }

    @Nullable
    Snapshot latest() {
        return latest;
    }

    void update(@Nullable Snapshot read) {
        latest = read;
    }
}
