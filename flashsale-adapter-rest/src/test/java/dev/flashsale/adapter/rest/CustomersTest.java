package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.operator.Cause;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomersTest {

    private static final String CAUSE = "{\"reason\":\"asked for it\",\"operator\":\"bob\"}";

    @RegisterExtension
    private final Service service = new Service();

    private final AtomicReference<CustomerId> forgotten = new AtomicReference<>();
    private final AtomicReference<Cause> why = new AtomicReference<>();

    @Test
    void a_customer_is_forgotten_and_it_says_of_how_much() {
        forgetting(new ForgetOutcome.Forgotten(3, 1));

        Answer answer = delete("c-1", CAUSE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"holds\":3,\"idempotency_keys\":1}");
        assertThat(forgotten).hasValue(new CustomerId("c-1"));
        assertThat(why.get().reason()).isEqualTo("asked for it");
        assertThat(why.get().operator()).startsWith("bob (token ");
    }

    @ParameterizedTest
    @CsvSource({"ann%40shop.example, ann@shop.example", "100%25, 100%", "a%3Fb%23c, a?b#c", "a+b, a+b"})
    void an_id_is_written_as_a_segment_of_a_path(String written, String id) {
        forgetting(new ForgetOutcome.Forgotten(0, 0));

        assertThat(delete(written, CAUSE).status()).isEqualTo(200);
        assertThat(forgotten).hasValue(new CustomerId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C3%A4", "a%20b"})
    void what_is_no_customers_id_is_refused_by_name(String written) {
        Problems.assertProblemWithField(delete(written, CAUSE), 422, "invalid_field", "customer_id");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void it_takes_a_reason_that_does_not_name_the_customer() {
        forgetting(new ForgetOutcome.NamedInCause());

        Problems.assertProblemWithField(delete("c-1", "{}"), 422, "invalid_field", "reason");
        assertThat(service.fakes.calls).hasValue(0);
        Problems.assertProblemWithField(
                delete("c-1", "{\"reason\":\"c-1 asked for it\"}"), 422, "invalid_field", "reason");
    }

    @Test
    void it_is_for_operators_alone() {
        Problems.assertProblem(
                service.send("DELETE", "/api/customers/c-1", CAUSE, "Content-Type", "application/json"),
                401,
                "operator_token_required",
                false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    private void forgetting(ForgetOutcome outcome) {
        service.fakes.forgetCustomer = (id, cause) -> {
            forgotten.set(id);
            why.set(cause);
            return outcome;
        };
    }

    private Answer delete(String id, String body) {
        return service.send(
                "DELETE",
                "/api/customers/" + id,
                body,
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + Service.TOKEN);
    }
}
