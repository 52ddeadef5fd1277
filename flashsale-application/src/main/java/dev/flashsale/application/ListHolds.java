package dev.flashsale.application;

import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.util.Optional;

/** Use case: look at a product's holds, a page at a time. Whoever knows a hold's id may order or release it. */
@FunctionalInterface
public interface ListHolds {

    /** A page of the holds that read as that status now, by when they expire. */
    Page<Hold, HoldPosition> list(ProductId productId, HoldStatus status, Optional<HoldPosition> after, PageSize size);
}
