package dev.flashsale.adapter.rest;

import static dev.flashsale.adapter.rest.Fakes.EXPIRES_AT;
import static dev.flashsale.adapter.rest.Fakes.HOLD_ID;
import static dev.flashsale.adapter.rest.Fakes.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdempotencyKeysTest {

    private static final ProductId PRODUCT = new ProductId(1);
    private static final HoldOutcome.Placed PLACED =
            new HoldOutcome.Placed(HOLD_ID, Lines.of(PRODUCT, new Quantity(2)), EXPIRES_AT);
    private static final String WISH = "{\"product_id\":1,\"quantity\":2,\"customer_id\":\"c-1\"}";
    private static final String HOLD = "{\"hold_id\":\"" + HOLD_ID + "\"}";

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void a_hold_is_passed_on_with_its_key_and_answered_as_any() {
        AtomicReference<HoldRequest> asked = new AtomicReference<>();
        service.fakes.placeHoldOnce = (request, key) -> {
            asked.set(request);
            return new KeyedOutcome.First<>(PLACED);
        };

        Answer answer = hold("\"key\"");

        assertThat(asked.get()).isEqualTo(new HoldRequest(HOLD_ID, PRODUCT, new Quantity(2), new CustomerId("c-1")));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("idempotent-replayed")).isNull();
        assertThat(answer.json().get("hold_id").asString()).isEqualTo(HOLD_ID.toString());
    }

    @Test
    void the_first_answer_again_says_so() {
        service.fakes.placeHoldOnce = (request, key) -> new KeyedOutcome.First<>(PLACED);
        Answer first = hold("key");
        service.fakes.placeHoldOnce = (request, key) -> new KeyedOutcome.Replayed<>(PLACED);

        Answer again = hold("key");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    }

    @Test
    void a_refusal_again_says_so_too() {
        service.fakes.placeHoldOnce = (request, key) -> new KeyedOutcome.Replayed<>(new HoldOutcome.SoldOut(PRODUCT));

        Answer again = hold("key");

        Problems.assertProblem(again, 409, "sold_out", false);
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    }

    @Test
    void another_body_under_the_key_is_refused() {
        service.fakes.placeHoldOnce = (request, key) -> new KeyedOutcome.KeyReused<>(key);
        service.fakes.placeOrderOnce = (id, key) -> new KeyedOutcome.KeyReused<>(key);

        Problems.assertProblemWithField(hold("key"), 422, "idempotency_key_reused", "idempotency-key");
        Problems.assertProblemWithField(order("key"), 422, "idempotency_key_reused", "idempotency-key");
    }

    @Test
    void an_order_again_is_created_again() {
        service.fakes.placeOrderOnce = (id, key) -> new KeyedOutcome.First<>(new OrderOutcome.Placed(ORDER));
        Answer first = order("key");
        service.fakes.placeOrderOnce = (id, key) -> new KeyedOutcome.Replayed<>(new OrderOutcome.Placed(ORDER));

        Answer again = order("key");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("idempotent-replayed")).isNull();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                arguments("\"8e03978e-40d5-43dd-bc93-6894a57f9324\"", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
                arguments("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
                arguments("\" a,b;c \"", " a,b;c "),
                arguments("\"a\\\"b\\\\c\"", "a\"b\\c"),
                arguments("a/b+c=:_~", "a/b+c=:_~"),
                arguments("\"" + "\\\"".repeat(255) + "\"", "\"".repeat(255)),
                arguments("k".repeat(255), "k".repeat(255)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_key_is_a_string_or_a_bare_word(String header, String key) {
        AtomicReference<IdempotencyKey> asked = new AtomicReference<>();
        service.fakes.placeHoldOnce = (request, given) -> {
            asked.set(given);
            return new KeyedOutcome.First<>(PLACED);
        };

        assertThat(hold(header).status()).isEqualTo(201);
        assertThat(asked.get()).isEqualTo(new IdempotencyKey(key));
    }

    static Stream<String> others() {
        return Stream.of(
                "",
                "\"\"",
                "\"",
                "\"a",
                "a\"",
                "\"a\"b\"",
                "\"a\\b\"",
                "\"a\\\"",
                "a b",
                "a, b",
                "\"a\";p=1",
                "a\tb",
                "k".repeat(256),
                "\"" + "k".repeat(256) + "\"",
                "\"" + "k".repeat(4000) + "\"");
    }

    @ParameterizedTest
    @MethodSource("others")
    void anything_else_is_refused_by_the_name_of_the_header(String header) {
        Problems.assertProblemWithField(hold(header), 422, "invalid_field", "idempotency-key");
        Problems.assertProblemWithField(order(header), 422, "invalid_field", "idempotency-key");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void two_keys_are_refused() {
        Answer answer = service.send(
                "POST",
                "/api/holds",
                WISH,
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                "one",
                "Idempotency-Key",
                "two");

        Problems.assertProblemWithField(answer, 422, "invalid_field", "idempotency-key");
        assertThat(service.fakes.calls).hasValue(0);
    }

    private Answer hold(String key) {
        return service.send("POST", "/api/holds", WISH, "Content-Type", "application/json", "Idempotency-Key", key);
    }

    private Answer order(String key) {
        return service.send("POST", "/api/orders", HOLD, "Content-Type", "application/json", "Idempotency-Key", key);
    }
}
