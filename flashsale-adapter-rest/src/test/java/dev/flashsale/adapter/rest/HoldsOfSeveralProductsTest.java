package dev.flashsale.adapter.rest;

import static dev.flashsale.adapter.rest.Fakes.EXPIRES_AT;
import static dev.flashsale.adapter.rest.Fakes.HOLD_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.HoldView;
import dev.flashsale.application.Page;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.NewOrder;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoldsOfSeveralProductsTest {

    private static final ProductId SHOE = new ProductId(1);
    private static final ProductId LACE = new ProductId(7);
    private static final String WISH =
            "{\"items\":[{\"product_id\":7,\"quantity\":1},{\"product_id\":1,\"quantity\":2}],\"customer_id\":\"ann\"}";
    private static final String ITEMS =
            "\"items\":[{\"product_id\":1,\"quantity\":2},{\"product_id\":7,\"quantity\":1}]";
    private static final ActiveHold HOLD = new ActiveHold(
            HOLD_ID,
            Lines.of(List.of(new Item(SHOE, new Quantity(2)), new Item(LACE, new Quantity(1)))),
            EXPIRES_AT,
            null,
            0);
    private static final Order ORDER = new NewOrder(
                    HOLD_ID, HOLD.lines(), Money.of("30.00", "EUR"), EXPIRES_AT, EXPIRES_AT.plusSeconds(900))
            .numbered(new OrderId(1));

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void several_products_are_one_wish_and_one_hold() {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHold = request -> {
            asked.set(request);
            return new HoldOutcome.Placed(request.holdId(), request.lines(), EXPIRES_AT);
        };

        Answer answer = service.post("/api/holds", WISH);

        assertThat(asked.get())
                .isEqualTo(new HoldRequest(
                        HOLD_ID,
                        Lines.of(List.of(new Item(SHOE, new Quantity(2)), new Item(LACE, new Quantity(1)))),
                        new CustomerId("ann")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo("/api/holds/" + HOLD_ID);
        assertThat(answer.body())
                .isEqualTo("{\"hold_id\":\"" + HOLD_ID + "\"," + ITEMS
                        + ",\"status\":\"active\",\"expires_at\":\"2026-11-22T10:02:00.123456Z\"}");
    }

    @Test
    void items_of_one_product_are_a_hold_of_one_product() {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHold = request -> {
            asked.set(request);
            return new HoldOutcome.SoldOut(SHOE);
        };

        Answer answer = service.post(
                "/api/holds", "{\"items\":[{\"product_id\":1,\"quantity\":1},{\"product_id\":1,\"quantity\":2}]}");

        assertThat(asked.get()).isEqualTo(new HoldRequest(HOLD_ID, SHOE, new Quantity(3)));
        Problems.assertProblem(answer, 409, "sold_out", false);
    }

    @Test
    void what_is_short_is_told_line_by_line() {
        service.fakes.placeHold = request -> new HoldOutcome.LinesShort(
                List.of(new HoldOutcome.SoldOut(SHOE), new HoldOutcome.InsufficientStock(LACE, 3)));

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "insufficient_stock", false);
        assertThat(answer.json().get("lines").toString())
                .isEqualTo("[{\"available_stock\":0,\"code\":\"sold_out\",\"product_id\":1},"
                        + "{\"available_stock\":3,\"code\":\"insufficient_stock\",\"product_id\":7}]");
        assertThat(answer.header("retry-after")).isNull();
    }

    @Test
    void lines_that_are_only_held_are_worth_trying_again() {
        service.fakes.placeHold = request -> new HoldOutcome.LinesShort(List.of(
                new HoldOutcome.AllHeld(SHOE, Duration.ofSeconds(3)),
                new HoldOutcome.AllHeld(LACE, Duration.ofSeconds(9))));

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "insufficient_stock", true);
        assertThat(answer.header("retry-after")).isEqualTo("9");
    }

    @Test
    void a_refusal_for_one_of_them_says_which() {
        service.fakes.placeHold = request -> new HoldOutcome.LimitReached(LACE, 3, 2);

        Answer answer = service.post("/api/holds", WISH);

        Problems.assertProblem(answer, 409, "limit_reached", false);
        assertThat(answer.json().get("product_id").asInt()).isEqualTo(7);
    }

    @Test
    void under_a_key_it_is_answered_again_with_what_it_says_of_its_items() {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHoldOnce = (request, key) -> {
            asked.set(request);
            return new KeyedOutcome.Replayed<>(new HoldOutcome.QuantityTooLarge(LACE, 3));
        };

        Answer answer =
                service.send("POST", "/api/holds", WISH, "Content-Type", "application/json", "Idempotency-Key", "key");

        assertThat(asked.get().lines().items())
                .containsExactlyElementsOf(HOLD.lines().items());
        Problems.assertProblem(answer, 422, "quantity_too_large", false);
        assertThat(answer.json().get("product_id").asInt()).isEqualTo(7);
        assertThat(answer.header("idempotent-replayed")).isEqualTo("true");
    }

    @Test
    void operators_see_it_whole_in_their_lists() {
        service.fakes.listHolds = (product, status, after, size) -> new Page<>(List.of(HOLD), Optional.empty());

        Answer answer =
                service.get("/api/holds?product_id=7&status=active", "Authorization", "Bearer " + Service.TOKEN);

        assertThat(answer.body()).startsWith("{\"items\":[{\"hold_id\":\"" + HOLD_ID + "\"," + ITEMS);
    }

    @Test
    void more_than_one_currency_is_refused_by_holds_and_orders() {
        service.fakes.placeHold = request -> new HoldOutcome.MixedCurrencies(request.holdId());
        service.fakes.placeOrder = OrderOutcome.MixedCurrencies::new;

        Problems.assertProblem(service.post("/api/holds", WISH), 409, "mixed_currencies", false);
        Problems.assertProblem(
                service.post("/api/orders", "{\"hold_id\":\"" + HOLD_ID + "\"}"), 409, "mixed_currencies", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|items|items must be 1 to 20.",
                "7|items|items must be an array of objects.",
                "{}|items|items must be an array of objects.",
                "[1]|items|items must be an array of objects.",
                "[{\"product_id\":1,\"quantity\":1},[]]|items|items must be an array of objects.",
                "[{\"product_id\":1,\"quantity\":1},{\"product_id\":2}]|items[1].quantity|items[1].quantity is missing.",
                "[{\"product_id\":\"1\",\"quantity\":1}]|items[0].product_id|items[0].product_id must be an integer.",
                "[{\"product_id\":1,\"quantity\":0}]|items[0].quantity|items[0].quantity must be from 1 to 1000000.",
                "[{\"product_id\":1,\"quantity\":1000000},{\"product_id\":2,\"quantity\":1}]|items|items must have at most 1000000 pieces in all."
            })
    void items_that_are_none_are_blamed(String items, String field, String detail) {
        Answer answer = service.post("/api/holds", "{\"items\":" + items + "}");

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo(field);
        assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void items_and_a_product_beside_them_contradict_each_other() {
        Answer answer = service.post("/api/holds", "{\"quantity\":1,\"items\":[{\"product_id\":1,\"quantity\":1}]}");

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("field").asString()).isEqualTo("items");
    }

    /** As programs send it that know no difference between an empty array and none. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void no_items_beside_a_product_are_none(String items) {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHold = request -> {
            asked.set(request);
            return new HoldOutcome.Placed(request.holdId(), request.lines(), EXPIRES_AT);
        };

        Answer answer = service.post("/api/holds", "{\"product_id\":1,\"quantity\":2,\"items\":" + items + "}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(asked.get()).isEqualTo(new HoldRequest(HOLD_ID, SHOE, new Quantity(2)));
    }

    @Test
    void more_than_twenty_items_are_refused() {
        String many = "{\"product_id\":1,\"quantity\":1},".repeat(21);

        Answer answer = service.post("/api/holds", "{\"items\":[" + many.substring(0, many.length() - 1) + "]}");

        Problems.assertProblem(answer, 422, "invalid_field", false);
    }

    @Test
    void a_name_twice_in_an_item_is_malformed() {
        Answer answer = service.post("/api/holds", "{\"items\":[{\"product_id\":1,\"quantity\":1,\"quantity\":2}]}");

        Problems.assertProblem(answer, 400, "malformed_json", false);
    }

    @Test
    void the_hold_and_its_order_are_shown_with_their_items() {
        service.fakes.viewHold =
                id -> Optional.of(new HoldView(HOLD.end(HoldEnd.ORDERED), HoldStatus.ORDERED, 0, Optional.of(ORDER)));
        service.fakes.placeOrder = id -> new OrderOutcome.Placed(ORDER);

        Answer hold = service.get("/api/holds/" + HOLD_ID);
        Answer order = service.post("/api/orders", "{\"hold_id\":\"" + HOLD_ID + "\"}");

        assertThat(hold.body()).startsWith("{\"hold_id\":\"" + HOLD_ID + "\"," + ITEMS);
        assertThat(hold.json().get("order").has("product_id")).isFalse();
        assertThat(order.body())
                .startsWith("{\"order_id\":1,\"reference\":\"" + HOLD_ID + "\",\"hold_id\":\"" + HOLD_ID + "\"," + ITEMS
                        + ",\"amount\":\"30.00\"");
    }
}
