package dev.flashsale.adapter.rest.hold;

import dev.flashsale.adapter.rest.admission.AdmissionLimits;
import dev.flashsale.adapter.rest.admission.HoldLimits;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.JsonBody;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.operator.Cursor;
import dev.flashsale.adapter.rest.operator.OperatorToken;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.adapter.rest.value.IdempotencyKeys;
import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.adapter.rest.value.MomentText;
import dev.flashsale.application.Holds;
import dev.flashsale.application.Lists;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/holds}. */
public final class HoldRoutes {

    private static final String ITEMS = "items";
    private static final String CUSTOMER_ID = "customer_id";
    private static final String EXPIRES_AT = "expires_at";
    private static final String REUSE = "reuse";

    /** What generated clients send for no body. */
    private static final byte[] NONE = "null".getBytes(StandardCharsets.UTF_8);

    private static final Set<String> FIELDS =
            Set.of(ItemsJson.PRODUCT_ID, ItemsJson.QUANTITY, ITEMS, CUSTOMER_ID, REUSE);
    private static final Set<String> OF_CHANGE = Set.of(ItemsJson.PRODUCT_ID, ItemsJson.QUANTITY, ITEMS);

    private final Holds holds;
    private final Lists lists;
    private final AdmissionLimits places;
    private final HoldLimits limits;
    private final OperatorToken operators;

    public HoldRoutes(Holds holds, Lists lists, AdmissionLimits places, HoldLimits limits, OperatorToken operators) {
        this.holds = holds;
        this.lists = lists;
        this.places = places;
        this.limits = limits;
        this.operators = operators;
    }

    public Answer place(Request request) {
        HoldRequest wished = wished(request.json(FIELDS));
        if (wished.reuse()) {
            operators.require(request);
        }
        limits.count(wished.customerId(), request);
        Optional<IdempotencyKey> key = IdempotencyKeys.of(request);
        return places.holds()
                .admit(() -> key.isEmpty()
                        ? answer(request, wished, holds.place(wished))
                        : IdempotencyKeys.answer(
                                holds.place(wished, key.get()), outcome -> answer(request, wished, outcome)));
    }

    /** Who knows a hold's id may order or release it, and a customer's id is what the request says: operators alone are told. */
    private Answer answer(Request request, HoldRequest wished, HoldOutcome outcome) {
        return outcome instanceof HoldOutcome.LimitReached reached
                        && wished.customerId() != null
                        && operators.isShownBy(request)
                ? HoldAnswers.of(reached, wished, lists.countedHolds(reached.productId(), wished.customerId()))
                : HoldAnswers.of(outcome, wished);
    }

    public Answer view(Request request) {
        return HoldAnswers.of(
                Ids.hold(request.id()).flatMap(id -> places.sales().admit(() -> holds.view(id))));
    }

    public Answer release(Request request) {
        return Ids.hold(request.id())
                .map(id -> HoldAnswers.of(places.sales().admit(() -> holds.release(id))))
                .orElse(HoldAnswers.UNKNOWN);
    }

    public Answer extend(Request request) {
        byte[] body = request.body();
        Instant expiresAt = body.length == 0 || Arrays.equals(body, NONE)
                ? null
                : request.json(body, Set.of(EXPIRES_AT))
                        .optionalString(EXPIRES_AT, MomentText::moment)
                        .orElse(null);
        return Ids.hold(request.id())
                .map(id -> new ExtendRequest(id, expiresAt))
                .map(wished -> HoldAnswers.of(places.sales().admit(() -> holds.extend(wished))))
                .orElse(HoldAnswers.UNKNOWN);
    }

    public Answer change(Request request) {
        JsonBody body = request.json(OF_CHANGE);
        Optional<Lines> several = several(body);
        Quantity quantity = several.isPresent() ? null : ItemsJson.quantity(body);
        Lines lines = body.has(ItemsJson.PRODUCT_ID) && quantity != null
                ? new Lines(List.of(ItemsJson.item(body)))
                : several.orElse(null);
        return Ids.hold(request.id())
                .map(id -> new ChangeRequest(id, lines, lines == null ? quantity : null))
                .map(wished -> HoldAnswers.of(places.sales().admit(() -> holds.change(wished)), wished))
                .orElse(HoldAnswers.UNKNOWN);
    }

    /** For operators: those of a product in a status, or all of a customer. */
    public Answer list(Request request) {
        Optional<CustomerId> customer = Pages.onlyCustomer(request);
        if (customer.isPresent()) {
            return Pages.answer(
                    request,
                    Cursor.CUSTOMERS_POSITION,
                    (after, size) -> places.reads().admit(() -> lists.holds(customer.get(), after, size)),
                    HoldJson::writeWithCustomer);
        }
        HoldStatus status = Pages.requiredStatus(request, HoldStatus.values());
        ProductId product = Pages.requiredProduct(request);
        return Pages.answer(
                request,
                Cursor.HOLD_POSITION,
                (after, size) -> places.reads().admit(() -> lists.holds(product, status, after, size)),
                (json, hold) -> HoldJson.writeWithCustomer(json, hold, status));
    }

    private HoldRequest wished(JsonBody body) {
        Lines lines = several(body).orElseGet(() -> new Lines(List.of(ItemsJson.item(body))));
        CustomerId customer = body.optionalString(CUSTOMER_ID, CustomerId::new).orElse(null);
        boolean reuse = body.optionalFlag(REUSE).orElse(false);
        if (reuse && customer == null) {
            throw Refused.invalid(CUSTOMER_ID, "With reuse, customer_id must be a string.");
        }
        return new HoldRequest(holds.newId(), lines, customer, reuse);
    }

    /** Those of the items, if there are any. */
    private static Optional<Lines> several(JsonBody body) {
        boolean one = body.has(ItemsJson.PRODUCT_ID) || body.has(ItemsJson.QUANTITY);
        // Generated clients send an empty array for none.
        Optional<List<JsonBody>> several = body.optionalObjects(ITEMS).filter(items -> !one || !items.isEmpty());
        if (one && several.isPresent()) {
            throw Refused.invalid(ITEMS, "With items there must be no product_id and no quantity beside them.");
        }
        return several.map(items -> Refused.unlessValid(
                ITEMS, () -> Lines.of(items.stream().map(ItemsJson::item).toList())));
    }
}
