package dev.flashsale.adapter.rest.hold;

import dev.flashsale.adapter.rest.admission.HoldLimits;
import dev.flashsale.adapter.rest.admission.UseCases;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.IdempotencyKeys;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/holds}. */
public final class HoldRoutes {

    private static final String PRODUCT_ID = "product_id";
    private static final String QUANTITY = "quantity";
    private static final String ITEMS = "items";
    private static final String CUSTOMER_ID = "customer_id";
    private static final Set<String> FIELDS = Set.of(PRODUCT_ID, QUANTITY, ITEMS, CUSTOMER_ID);

    private final UseCases useCases;
    private final HoldLimits limits;

    public HoldRoutes(UseCases useCases, HoldLimits limits) {
        this.useCases = useCases;
        this.limits = limits;
    }

    public Answer place(Request request) {
        HoldRequest wished = wished(request.json(FIELDS));
        limits.count(wished.customerId(), request);
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        return key.isEmpty()
                ? HoldAnswers.of(useCases.placeHold().place(wished), wished)
                : IdempotencyKeys.answer(
                        useCases.placeHoldOnce().place(wished, key.get()), outcome -> HoldAnswers.of(outcome, wished));
    }

    public Answer view(Request request) {
        return HoldAnswers.of(Ids.hold(request.id()).flatMap(useCases.viewHold()::view));
    }

    public Answer release(Request request) {
        return Ids.hold(request.id())
                .map(id -> HoldAnswers.of(useCases.releaseHold().release(id)))
                .orElse(HoldAnswers.UNKNOWN);
    }

    public Answer extend(Request request) {
        return Ids.hold(request.id())
                .map(id -> HoldAnswers.of(useCases.extendHold().extend(id)))
                .orElse(HoldAnswers.UNKNOWN);
    }

    /** For operators: those of a product in a status. */
    public Answer list(Request request) {
        HoldStatus status = Pages.requiredStatus(request, HoldStatus.values());
        ProductId product = Pages.requiredProduct(request);
        return Pages.answer(
                request,
                Cursor.HOLD_POSITION,
                (after, size) -> useCases.listHolds().list(product, status, after, size),
                (json, hold) -> HoldJson.writeWithCustomer(json, hold, status));
    }

    private HoldRequest wished(JsonBody body) {
        Optional<List<JsonBody>> several = body.optionalObjects(ITEMS);
        if (several.isPresent() && (body.has(PRODUCT_ID) || body.has(QUANTITY))) {
            throw Refused.invalid(ITEMS, "With items there must be no product_id and no quantity beside them.");
        }
        if (several.isEmpty()) {
            Item item = item(body);
            CustomerId customer = customer(body);
            return new HoldRequest(useCases.newHoldId().get(), item.productId(), item.quantity(), customer);
        }
        List<Item> items = several.get().stream().map(HoldRoutes::item).toList();
        CustomerId customer = customer(body);
        return Refused.unlessValid(
                ITEMS, () -> HoldRequest.of(useCases.newHoldId().get(), items, customer));
    }

    private static Item item(JsonBody body) {
        ProductId productId = body.integer(PRODUCT_ID, ProductId::new);
        return new Item(productId, body.integer(QUANTITY, HoldRoutes::quantity));
    }

    private static @Nullable CustomerId customer(JsonBody body) {
        return body.optionalString(CUSTOMER_ID, CustomerId::new).orElse(null);
    }

    private static Quantity quantity(long value) {
        return new Quantity(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
}
