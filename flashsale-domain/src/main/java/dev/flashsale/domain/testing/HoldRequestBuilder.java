package dev.flashsale.domain.testing;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for a hold under a new id, of a customer who is not named, but for what is said. */
public final class HoldRequestBuilder {

    private final List<Item> items = new ArrayList<>();
    private HoldId id = Examples.newHoldId();
    private @Nullable CustomerId customer;
    private boolean reuse;

    private HoldRequestBuilder() {}

    /** Of so many pieces of a product. */
    public static HoldRequestBuilder aHoldOf(ProductId product, int pieces) {
        return new HoldRequestBuilder().and(product, pieces);
    }

    /** And so many of this one. */
    public HoldRequestBuilder and(ProductId product, int pieces) {
        items.add(new Item(product, new Quantity(pieces)));
        return this;
    }

    public HoldRequestBuilder by(String customerId) {
        customer = new CustomerId(customerId);
        return this;
    }

    public HoldRequestBuilder withId(HoldId holdId) {
        id = holdId;
        return this;
    }

    /** A valid hold that the customer has already will do. */
    public HoldRequestBuilder reusing() {
        reuse = true;
        return this;
    }

    public HoldRequest build() {
        return new HoldRequest(id, Lines.of(items), customer, reuse);
    }
}
