package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.domain.hold.HoldOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Behind a proxy: three holds of an address in ten seconds, two of a customer in a minute. */
@Timeout(60)
class HoldLimitsTest {

    private static final String WISH = "{\"product_id\":1,\"quantity\":1}";

    @RegisterExtension
    private final Service service = new Service(TestSettings.builder()
            .limits(new LimitSettings(
                    new LimitSettings.Rate(3, Duration.ofSeconds(10)),
                    new LimitSettings.Rate(2, Duration.ofMinutes(1)),
                    List.of("127.0.0.1"),
                    ForwardedHeader.X_FORWARDED_FOR))
            .build());

    @BeforeEach
    void there_is_enough() {
        service.fakes.placeHold =
                request -> new HoldOutcome.Placed(request.holdId(), request.lines(), Fakes.EXPIRES_AT);
    }

    @Test
    void every_answer_says_what_is_left_and_one_too_many_is_refused() {
        Answer first = from("198.51.100.1", WISH);
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.headers().allValues("ratelimit-policy")).containsExactly("\"address\";q=3;w=10");
        assertThat(first.headers().allValues("ratelimit")).containsExactly("\"address\";r=2;t=7");
        assertThat(from("198.51.100.1", WISH).header("ratelimit")).isEqualTo("\"address\";r=1;t=4");
        assertThat(from("198.51.100.1", WISH).header("ratelimit")).isEqualTo("\"address\";r=0;t=4");

        Answer refused = from("198.51.100.1", WISH);

        Problems.assertProblem(refused, 429, "rate_limited", true);
        assertThat(refused.json().get("policy").asString()).isEqualTo("address");
        assertThat(refused.header("retry-after")).isEqualTo("4");
        assertThat(refused.header("ratelimit")).isEqualTo("\"address\";r=0;t=4");
        assertThat(refused.header("ratelimit-policy")).isEqualTo("\"address\";q=3;w=10");
        assertThat(service.fakes.calls).hasValue(3);
        assertThat(from("198.51.100.2", WISH).status()).isEqualTo(201);
    }

    @Test
    void after_retry_after_it_is_let_in() {
        exhaust("198.51.100.1");
        Answer refused = from("198.51.100.1", WISH);

        service.now = service.now.plusSeconds(Long.parseLong(refused.header("retry-after")));

        assertThat(from("198.51.100.1", WISH).status()).isEqualTo(201);
        assertThat(from("198.51.100.1", WISH).status()).isEqualTo(429);
    }

    @Test
    void an_address_is_refused_before_anything_of_its_request_is_read() {
        exhaust("198.51.100.1");

        Problems.assertProblem(from("198.51.100.1", "no JSON"), 429, "rate_limited", true);
    }

    @Test
    void what_is_refused_for_its_body_counts_too() {
        for (int i = 0; i < 3; i++) {
            assertThat(from("198.51.100.1", "no JSON").status()).isEqualTo(400);
        }

        Problems.assertProblem(from("198.51.100.1", WISH), 429, "rate_limited", true);
    }

    @Test
    void a_customer_is_counted_from_whatever_address() {
        assertThat(from("198.51.100.1", ofCustomer("c-1")).status()).isEqualTo(201);
        Answer second = from("198.51.100.2", ofCustomer("c-1"));
        assertThat(second.headers().allValues("ratelimit-policy"))
                .containsExactly("\"address\";q=3;w=10", "\"customer\";q=2;w=60");
        assertThat(second.headers().allValues("ratelimit"))
                .containsExactly("\"address\";r=2;t=7", "\"customer\";r=0;t=30");

        Answer refused = from("198.51.100.3", ofCustomer("c-1"));

        Problems.assertProblem(refused, 429, "rate_limited", true);
        assertThat(refused.json().get("policy").asString()).isEqualTo("customer");
        assertThat(refused.header("retry-after")).isEqualTo("30");
        assertThat(service.fakes.calls).hasValue(2);
        assertThat(from("198.51.100.3", ofCustomer("c-2")).status()).isEqualTo(201);
        assertThat(from("198.51.100.3", WISH).status()).isEqualTo(201);
    }

    @Test
    void whoever_has_a_hold_is_not_limited() {
        exhaust("198.51.100.1");

        for (int i = 0; i < 10; i++) {
            assertThat(service.post("/api/orders", "{}").status()).isEqualTo(422);
        }
    }

    private void exhaust(String address) {
        for (int i = 0; i < 3; i++) {
            assertThat(from(address, WISH).status()).isEqualTo(201);
        }
    }

    private Answer from(String address, String wish) {
        return service.send("POST", "/api/holds", wish, "Content-Type", "application/json", "X-Forwarded-For", address);
    }

    private static String ofCustomer(String customer) {
        return "{\"product_id\":1,\"quantity\":1,\"customer_id\":\"" + customer + "\"}";
    }
}
