package dev.flashsale.adapter.rest;

import static dev.flashsale.adapter.rest.Fakes.EXPIRES_AT;
import static dev.flashsale.adapter.rest.Fakes.HOLD_ID;
import static dev.flashsale.adapter.rest.Fakes.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.CountedHold;
import dev.flashsale.application.HoldView;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldOutcome.AllHeld;
import dev.flashsale.domain.hold.HoldOutcome.AlreadyHeld;
import dev.flashsale.domain.hold.HoldOutcome.CustomerRequired;
import dev.flashsale.domain.hold.HoldOutcome.IdReused;
import dev.flashsale.domain.hold.HoldOutcome.InsufficientStock;
import dev.flashsale.domain.hold.HoldOutcome.LimitReached;
import dev.flashsale.domain.hold.HoldOutcome.NotOnSale;
import dev.flashsale.domain.hold.HoldOutcome.QuantityTooLarge;
import dev.flashsale.domain.hold.HoldOutcome.SoldOut;
import dev.flashsale.domain.hold.HoldOutcome.UnknownProduct;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldsTest {

    private static final ProductId PRODUCT = new ProductId(1);
    private static final String WISH = "{\"product_id\":1,\"quantity\":2}";
    private static final String HOLD = "/api/holds/" + HOLD_ID;
    private static final ActiveHold ACTIVE =
            new ActiveHold(HOLD_ID, Lines.of(PRODUCT, new Quantity(2)), EXPIRES_AT, null, 0);

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void a_granted_hold_is_created_with_its_location() {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHold = request -> {
            asked.set(request);
            return new HoldOutcome.Placed(request.holdId(), request.lines(), EXPIRES_AT);
        };

        Answer answer = service.post("/api/holds", WISH);

        assertThat(asked.get()).isEqualTo(new HoldRequest(HOLD_ID, PRODUCT, new Quantity(2)));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo(HOLD);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.body())
                .isEqualTo("{\"hold_id\":\"" + HOLD_ID + "\",\"product_id\":1,\"quantity\":2,"
                        + "\"status\":\"active\",\"expires_at\":\"2026-11-22T10:02:00.123456Z\"}");
    }

    @Test
    void too_little_stock_says_how_much_there_is() {
        service.fakes.placeHold = request -> new InsufficientStock(PRODUCT, 1);

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "insufficient_stock", false);
        assertThat(answer.json().get("available_stock").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "999,1", "1000,1", "1001,2", "119999,120"})
    void all_held_says_when_to_come_back_in_whole_seconds_rounded_up(long millis, String seconds) {
        service.fakes.placeHold = request -> new AllHeld(PRODUCT, Duration.ofMillis(millis));

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "all_held", true);
        assertThat(answer.header("retry-after")).isEqualTo(seconds);
    }

    @Test
    void sold_out_is_final() {
        service.fakes.placeHold = request -> new SoldOut(PRODUCT);

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "sold_out", false);
        assertThat(answer.header("retry-after")).isNull();
    }

    @Test
    void a_hold_of_an_unknown_product_is_not_found() {
        service.fakes.placeHold = request -> new UnknownProduct(PRODUCT);

        Problems.assertProblem(service.post("/api/holds", WISH), 404, "unknown_product", false);
    }

    @Test
    void a_reused_hold_id_is_refused() {
        service.fakes.placeHold = request -> new IdReused(HOLD_ID);

        Problems.assertProblem(service.post("/api/holds", WISH), 422, "hold_id_reused", false);
    }

    @ParameterizedTest
    @EnumSource(names = "ORDERED", mode = EnumSource.Mode.EXCLUDE)
    void a_hold_is_shown_with_its_status(HoldStatus status) {
        service.fakes.viewHold = id -> Optional.of(new HoldView(ACTIVE, status, 1, Optional.empty()));

        Answer answer = service.get(HOLD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"hold_id\":\"" + HOLD_ID + "\",\"product_id\":1,\"quantity\":2,\"status\":\""
                        + status.toString().toLowerCase(java.util.Locale.ROOT)
                        + "\",\"expires_at\":\"2026-11-22T10:02:00.123456Z\""
                        + (status == HoldStatus.ACTIVE ? ",\"extensions_left\":1}" : "}"));
    }

    @Test
    void an_ordered_hold_is_shown_with_its_order() {
        service.fakes.viewHold =
                id -> Optional.of(new HoldView(ACTIVE.end(HoldEnd.ORDERED), HoldStatus.ORDERED, 0, Optional.of(ORDER)));

        Answer answer = service.get(HOLD);

        assertThat(answer.json().get("status").asString()).isEqualTo("ordered");
        assertThat(answer.json().get("order").toString())
                .isEqualTo("{\"order_id\":1,\"reference\":\"" + HOLD_ID + "\",\"hold_id\":\"" + HOLD_ID
                        + "\",\"product_id\":1,\"quantity\":2,"
                        + "\"amount\":\"20.00\",\"currency\":\"EUR\",\"status\":\"pending\","
                        + "\"placed_at\":\"2026-11-22T10:01:00Z\",\"payment_deadline\":\"2026-11-22T10:16:00Z\"}");
    }

    @Test
    void an_unknown_hold_is_not_found() {
        service.fakes.viewHold = id -> Optional.empty();
        service.fakes.releaseHold = ReleaseOutcome.UnknownHold::new;

        Problems.assertProblem(service.get(HOLD), 404, "unknown_hold", false);
        Problems.assertProblem(service.send("DELETE", HOLD, null), 404, "unknown_hold", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "x",
                "01900000-0000-7000-8000-00000000000",
                "01900000-0000-7000-8000-0000000000011",
                "1-1-1-1-1",
                "01900000_0000_7000_8000_000000000001",
                "%00"
            })
    void an_id_that_is_no_uuid_names_no_hold(String id) {
        Problems.assertProblem(service.get("/api/holds/" + id), 404, "unknown_hold", false);
        Problems.assertProblem(service.send("DELETE", "/api/holds/" + id, null), 404, "unknown_hold", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_uuid_may_be_written_in_upper_case() {
        String lower = "01900000-0000-7000-8000-00000000000a";
        service.fakes.viewHold = wanted -> {
            assertThat(wanted).hasToString(lower);
            return Optional.empty();
        };

        Problems.assertProblem(service.get("/api/holds/" + lower.toUpperCase(Locale.ROOT)), 404, "unknown_hold", false);
        assertThat(service.fakes.calls).hasValue(1);
    }

    @Test
    void a_released_hold_is_answered_with_the_hold() {
        service.fakes.releaseHold = id -> new ReleaseOutcome.Released(ACTIVE.end(HoldEnd.RELEASED));

        Answer answer = service.send("DELETE", HOLD, null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("hold_id").asString()).isEqualTo(HOLD_ID.toString());
        assertThat(answer.json().get("status").asString()).isEqualTo("released");
    }

    @Test
    void an_ordered_hold_cannot_be_released() {
        service.fakes.releaseHold = ReleaseOutcome.AlreadyOrdered::new;

        Problems.assertProblem(service.send("DELETE", HOLD, null), 409, "hold_already_ordered", false);
    }

    @Test
    void an_expired_hold_cannot_be_released() {
        service.fakes.releaseHold = ReleaseOutcome.AlreadyExpired::new;

        Problems.assertProblem(service.send("DELETE", HOLD, null), 410, "hold_expired", false);
    }

    @Test
    void a_customer_is_passed_on() {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHold = request -> {
            asked.set(request);
            return new SoldOut(PRODUCT);
        };

        assertThat(service.post("/api/holds", "{\"product_id\":1,\"quantity\":2,\"customer_id\":\"c-1\"}")
                        .status())
                .isEqualTo(409);
        assertThat(asked.get()).isEqualTo(new HoldRequest(HOLD_ID, PRODUCT, new Quantity(2), new CustomerId("c-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "\"\"", "\"a b\"", "\"\u00e4\"", "{}"})
    void a_customer_id_that_is_none_is_refused(String value) {
        Answer answer = service.post("/api/holds", "{\"product_id\":1,\"quantity\":2,\"customer_id\":" + value + "}");

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo("customer_id");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_product_with_a_limit_per_customer_asks_for_the_customer() {
        service.fakes.placeHold = request -> new CustomerRequired(PRODUCT);

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo("customer_id");
    }

    @Test
    void a_quantity_beyond_the_limit_of_a_hold_says_the_limit() {
        service.fakes.placeHold = request -> new QuantityTooLarge(PRODUCT, 1);

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 422, "quantity_too_large", false);
        assertThat(answer.json().get("field").asString()).isEqualTo("quantity");
        assertThat(answer.json().get("limit").asInt()).isEqualTo(1);
    }

    @Test
    void a_reached_limit_says_the_limit_and_what_the_customer_has() {
        service.fakes.placeHold = request -> new LimitReached(PRODUCT, 3, 2);

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "limit_reached", false);
        assertThat(answer.json().get("limit").asInt()).isEqualTo(3);
        assertThat(answer.json().get("taken").asInt()).isEqualTo(2);
    }

    @Test
    void a_hold_is_used_again_for_an_operator_and_for_nobody_else() {
        String wish = "{\"product_id\":7,\"quantity\":2,\"customer_id\":\"c-1\",\"reuse\":true}";
        service.fakes.placeHold = request -> {
            assertThat(request.reuse()).isTrue();
            return new AlreadyHeld(HOLD_ID, Lines.of(PRODUCT, new Quantity(1)), EXPIRES_AT);
        };

        Answer answer = postAs("Bearer " + Service.TOKEN, wish);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("hold_id").asString()).isEqualTo(HOLD_ID.toString());
        assertThat(answer.json().get("quantity").asInt()).isEqualTo(1);
        Problems.assertProblem(postAs("Bearer wrong", wish), 401, "operator_token_required", false);
        Problems.assertProblem(service.post("/api/holds", wish), 401, "operator_token_required", false);
        Problems.assertProblemWithField(
                postAs("Bearer " + Service.TOKEN, "{\"product_id\":7,\"quantity\":2,\"reuse\":true}"),
                422,
                "invalid_field",
                "customer_id");
        Problems.assertProblemWithField(
                postAs("Bearer " + Service.TOKEN, wish.replace("true", "1")), 422, "invalid_field", "reuse");
        assertThat(service.fakes.calls).hasValue(1);
    }

    @Test
    void a_reached_limit_says_what_counts_to_an_operator_and_to_nobody_else() {
        String wish = "{\"product_id\":7,\"quantity\":2,\"customer_id\":\"c-1\"}";
        service.fakes.placeHold = request -> new LimitReached(PRODUCT, 3, 3);
        service.fakes.listCounted = (product, customer) -> {
            assertThat(product).isEqualTo(PRODUCT);
            assertThat(customer).isEqualTo(new CustomerId("c-1"));
            return List.of(
                    new CountedHold(HOLD_ID, new Quantity(1), Optional.empty()),
                    new CountedHold(HOLD_ID, new Quantity(2), Optional.of(new OrderId(5))));
        };

        Answer operators = postAs("Bearer " + Service.TOKEN, wish);
        Answer strangers = postAs("Bearer wrong", wish);
        Answer buyers = service.post("/api/holds", wish);

        Problems.assertProblem(operators, 409, "limit_reached", false);
        assertThat(operators.json().get("counted").toString())
                .isEqualTo("[{\"hold_id\":\"" + HOLD_ID + "\",\"quantity\":1},{\"hold_id\":\"" + HOLD_ID
                        + "\",\"order_id\":5,\"quantity\":2}]");
        assertThat(List.of(strangers, buyers)).allSatisfy(answer -> {
            Problems.assertProblem(answer, 409, "limit_reached", false);
            assertThat(answer.json().get("taken").asInt()).isEqualTo(3);
            assertThat(answer.body()).doesNotContain("counted", HOLD_ID.toString());
        });
        assertThat(service.fakes.calls).hasValue(4);
    }

    private Answer postAs(String authorization, String body) {
        return service.send(
                "POST", "/api/holds", body, "Content-Type", "application/json", "Authorization", authorization);
    }

    @Test
    void before_the_sale_it_says_when_it_begins() {
        SaleWindow window = new SaleWindow(EXPIRES_AT, EXPIRES_AT.plusSeconds(60));
        service.fakes.placeHold = request -> new NotOnSale(PRODUCT, window, Optional.of(Duration.ofMillis(1001)));

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "not_on_sale", true);
        assertThat(answer.header("retry-after")).isEqualTo("2");
        assertThat(answer.json().get("sale_starts_at").asString()).isEqualTo("2026-11-22T10:02:00.123456Z");
        assertThat(answer.json().get("sale_ends_at").asString()).isEqualTo("2026-11-22T10:03:00.123456Z");
    }

    @Test
    void after_the_sale_it_says_that_it_is_over() {
        service.fakes.placeHold = request -> new NotOnSale(PRODUCT, new SaleWindow(null, EXPIRES_AT), Optional.empty());

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "not_on_sale", false);
        assertThat(answer.header("retry-after")).isNull();
        assertThat(answer.json().get("detail").asString()).isEqualTo("The sale is over.");
    }

    @Test
    void a_hold_of_one_product_is_changed_to_a_quantity() {
        AtomicReference<ChangeRequest> asked = new AtomicReference<>();
        service.fakes.changeHold = request -> {
            asked.set(request);
            return new HoldChangeOutcome.Changed(ACTIVE, 1);
        };

        Answer answer = change(HOLD, "{\"quantity\":2}");

        assertThat(asked.get()).isEqualTo(new ChangeRequest(HOLD_ID, new Quantity(2)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"hold_id\":\"" + HOLD_ID + "\",\"product_id\":1,\"quantity\":2,\"status\":\"active\""
                        + ",\"expires_at\":\"2026-11-22T10:02:00.123456Z\",\"extensions_left\":1}");
    }

    @Test
    void a_hold_is_changed_to_another_product_or_to_items() {
        List<ChangeRequest> asked = new ArrayList<>();
        service.fakes.changeHold = request -> {
            asked.add(request);
            return new HoldChangeOutcome.Refused(HOLD_ID, new UnknownProduct(PRODUCT));
        };

        Answer ofOne = change(HOLD, WISH);
        Answer ofSeveral =
                change(HOLD, "{\"items\":[{\"product_id\":7,\"quantity\":1},{\"product_id\":1,\"quantity\":2}]}");

        Item two = new Item(PRODUCT, new Quantity(2));
        assertThat(asked)
                .containsExactly(
                        new ChangeRequest(HOLD_ID, Lines.of(List.of(two))),
                        new ChangeRequest(
                                HOLD_ID, Lines.of(List.of(two, new Item(new ProductId(7), new Quantity(1))))));
        Problems.assertProblem(ofOne, 404, "unknown_product", false);
        assertThat(ofOne.json().has("product_id")).isFalse();
        Problems.assertProblem(ofSeveral, 404, "unknown_product", false);
        assertThat(ofSeveral.json().get("product_id").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                                         | quantity
                    {"quantity":null}                                                          | quantity
                    {"quantity":0}                                                             | quantity
                    {"quantity":1000001}                                                       | quantity
                    {"quantity":"2"}                                                           | quantity
                    {"product_id":1}                                                           | quantity
                    {"product_id":0,"quantity":1}                                              | product_id
                    {"items":[]}                                                               | items
                    {"items":{}}                                                               | items
                    {"items":[{"product_id":1}]}                                               | items[0].quantity
                    {"quantity":1,"items":[{"product_id":1,"quantity":1}]}                     | items
                    {"items":[{"product_id":1,"quantity":1000000},{"product_id":7,"quantity":1}]} | items
                    """)
    void what_no_hold_can_be_changed_to_names_its_field(String body, String field) {
        Answer answer = change(HOLD, body);

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo(field);
    }

    @Test
    void a_hold_that_is_over_or_of_several_products_is_not_changed_to_a_quantity() {
        String two = "{\"quantity\":2}";
        service.fakes.changeHold = request -> new HoldChangeOutcome.UnknownHold(request.holdId());
        Problems.assertProblem(change(HOLD, two), 404, "unknown_hold", false);
        Problems.assertProblem(change("/api/holds/x", two), 404, "unknown_hold", false);

        service.fakes.changeHold = request -> new HoldChangeOutcome.AlreadyOrdered(request.holdId());
        Problems.assertProblem(change(HOLD, two), 409, "hold_already_ordered", false);

        service.fakes.changeHold = request -> new HoldChangeOutcome.AlreadyReleased(request.holdId());
        Problems.assertProblem(change(HOLD, two), 409, "hold_released", false);

        service.fakes.changeHold = request -> new HoldChangeOutcome.AlreadyExpired(request.holdId());
        Problems.assertProblem(change(HOLD, two), 410, "hold_expired", false);

        service.fakes.changeHold = request -> new HoldChangeOutcome.LinesRequired(request.holdId());
        Problems.assertProblem(change(HOLD, two), 422, "invalid_field", false);

        service.fakes.changeHold =
                request -> new HoldChangeOutcome.Refused(request.holdId(), new AllHeld(PRODUCT, Duration.ofSeconds(7)));
        Answer held = change(HOLD, two);
        Problems.assertProblem(held, 409, "all_held", true);
        assertThat(held.header("retry-after")).isEqualTo("7");
    }

    @Test
    void an_extended_hold_is_answered_with_its_new_time() {
        service.fakes.extendHold = request -> new ExtendOutcome.Extended(ACTIVE, 2);

        Answer answer = service.send("POST", HOLD + "/extend", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("status").asString()).isEqualTo("active");
        assertThat(answer.json().get("expires_at").asString()).isEqualTo("2026-11-22T10:02:00.123456Z");
        assertThat(answer.json().get("extensions_left").asInt()).isEqualTo(2);
    }

    @Test
    void who_extends_a_hold_may_say_when_it_expires() {
        List<ExtendRequest> requests = new ArrayList<>();
        service.fakes.extendHold = request -> {
            requests.add(request);
            return new ExtendOutcome.NoExtensionsLeft(request.holdId());
        };

        Problems.assertProblem(
                service.post(HOLD + "/extend", "{\"expires_at\":\"2026-11-22T11:02:00.123456+01:00\"}"),
                409,
                "no_extensions_left",
                false);
        Answer unsaid = service.post(HOLD + "/extend", "{\"expires_at\":null}");
        Answer empty = service.post(HOLD + "/extend", "{}");

        assertThat(unsaid.status()).isEqualTo(empty.status()).isEqualTo(409);
        assertThat(requests)
                .containsExactly(
                        new ExtendRequest(HOLD_ID, EXPIRES_AT), new ExtendRequest(HOLD_ID), new ExtendRequest(HOLD_ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "1", "\"2026-11-22\"", "[]"})
    void who_extends_a_hold_that_expires_at_no_moment_is_refused(String expiresAt) {
        Answer answer = service.post(HOLD + "/extend", "{\"expires_at\":" + expiresAt + "}");

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo("expires_at");
    }

    /** As generated clients send it; the document does not ask for that. */
    @Test
    void no_body_may_be_written_as_null() throws Exception {
        service.fakes.extendHold = request -> {
            assertThat(request.expiresAt()).isNull();
            return new ExtendOutcome.Extended(ACTIVE, 2);
        };

        HttpRequest request = service.request("POST", HOLD + "/extend", "null", "Content-Type", "application/json");

        assertThat(service.client.send(request, BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_hold_that_is_over_cannot_be_extended() {
        service.fakes.extendHold = request -> new ExtendOutcome.UnknownHold(request.holdId());
        Problems.assertProblem(service.send("POST", HOLD + "/extend", null), 404, "unknown_hold", false);
        Problems.assertProblem(service.send("POST", "/api/holds/x/extend", null), 404, "unknown_hold", false);

        service.fakes.extendHold = request -> new ExtendOutcome.AlreadyOrdered(request.holdId());
        Problems.assertProblem(service.send("POST", HOLD + "/extend", null), 409, "hold_already_ordered", false);

        service.fakes.extendHold = request -> new ExtendOutcome.AlreadyReleased(request.holdId());
        Problems.assertProblem(service.send("POST", HOLD + "/extend", null), 409, "hold_released", false);

        service.fakes.extendHold = request -> new ExtendOutcome.AlreadyExpired(request.holdId());
        Problems.assertProblem(service.send("POST", HOLD + "/extend", null), 410, "hold_expired", false);
    }

    private Answer change(String hold, String body) {
        return service.send("PATCH", hold, body, "Content-Type", "application/json");
    }
}
