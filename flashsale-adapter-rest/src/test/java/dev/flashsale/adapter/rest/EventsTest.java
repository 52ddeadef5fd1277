package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventsTest {

    @RegisterExtension
    private final Service service = new Service();

    private void held(long product, int times) {
        ProductId id = new ProductId(product);
        service.fakes.sale.products().put(new Product(id, "Shoe", Money.of("10.00", "EUR")), 100);
        for (int i = 0; i < times; i++) {
            service.fakes
                    .sale
                    .holds()
                    .place(new HoldRequest(service.fakes.sale.holds().newId(), Lines.of(id, new Quantity(1)), null));
        }
    }

    private Answer get(String path) {
        return service.get(path, "Authorization", "Bearer " + Service.TOKEN);
    }

    private Answer keep(String body) {
        return service.send(
                "POST",
                "/api/events/keep",
                body,
                "Authorization",
                "Bearer " + Service.TOKEN,
                "Content-Type",
                "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/events", "/api/products/1/events"})
    void nobody_but_an_operator_reads_the_outbox(String path) {
        Problems.assertProblem(service.get(path), 401, "operator_token_required", false);
        Problems.assertProblem(
                service.post("/api/events/keep", "{\"kinds\":[\"*\"]}"), 401, "operator_token_required", false);
    }

    @Test
    void events_of_a_product_are_cloud_events_behind_a_number() {
        assertThat(keep("{\"kinds\":[\"hold.*\"]}").body())
                .isEqualTo(
                        "{\"kinds\":[\"hold.placed\",\"hold.changed\",\"hold.released\",\"hold.expired\",\"hold.ending\"],"
                                + "\"seconds\":60}");
        held(7, 3);

        Answer first = get("/api/products/7/events?limit=2");

        JsonNode event = first.json().get("items").get(0);
        assertThat(event.get("specversion").asString()).isEqualTo("1.0");
        assertThat(event.get("type").asString()).isEqualTo("dev.flashsale.hold.placed");
        assertThat(event.get("subject").asString()).isEqualTo("products/7");
        assertThat(event.get("sequence").asString()).isEqualTo("1");
        assertThat(event.get("data").get("items").get(0).get("quantity").asInt())
                .isEqualTo(1);
        assertThat(first.json().get("items").size()).isEqualTo(2);
        assertThat(first.json().get("next").asString()).isEqualTo("2");

        Answer last = get("/api/products/7/events?after=2");
        assertThat(last.json().get("items").get(0).get("sequence").asString()).isEqualTo("3");
        assertThat(last.body()).endsWith("\"next\":null}");
        assertThat(get("/api/products/7/events?after=3").json().get("items").size())
                .isZero();
        assertThat(get("/api/products/0/events").json().get("items").size()).isZero();
        Problems.assertProblem(get("/api/products/x/events"), 404, "unknown_product", false);
    }

    @Test
    void products_come_with_their_last_numbers_and_the_kinds_that_are_kept() {
        service.fakes.sale.events().subscribe(Set.of(EventKind.HOLD_PLACED));
        held(7, 2);
        held(8, 1);

        assertThat(get("/api/events?limit=1").body())
                .isEqualTo(
                        "{\"kinds\":[\"hold.placed\"],\"items\":[{\"product_id\":7,\"last_number\":2}],\"next\":\"7\"}");
        assertThat(get("/api/events?after=7").body())
                .isEqualTo(
                        "{\"kinds\":[\"hold.placed\"],\"items\":[{\"product_id\":8,\"last_number\":1}],\"next\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "9999999999999999999"})
    void a_number_to_go_on_behind_is_one(String after) {
        for (String path : List.of("/api/events", "/api/products/7/events")) {
            Problems.assertProblem(get(path + "?after=" + after), 422, "invalid_field", false);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                           | kinds is missing
            {"kinds":[]}                 | one kind at least
            {"kinds":"*"}                | array of strings
            {"kinds":[1]}                | array of strings
            {"kinds":["order.paid",{}]}  | array of strings
            {"kinds":["order.eaten"]}    | order.paid
            {"kinds":["*"],"for":"ever"} | for is no field
            """)
    void kinds_to_keep_are_those_there_are(String body, String why) {
        Answer refused = keep(body);

        Problems.assertProblem(refused, 422, "invalid_field", false);
        assertThat(refused.json().get("detail").asString()).contains(why);
        assertThat(service.fakes.sale.events().kept()).isEmpty();
    }
}
