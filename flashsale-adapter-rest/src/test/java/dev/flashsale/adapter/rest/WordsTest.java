package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.domain.product.ChangeOutcome;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal speaks of what the caller sent, by the caller's names, and of nothing within. */
class WordsTest {

    private static final String ORDER = "/api/orders";
    private static final String PRODUCTS = "/api/products";
    private static final String[] OPERATOR = {
        "Content-Type", "application/json", "Authorization", "Bearer " + Service.TOKEN
    };

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/holds | {} | product_id is missing.",
                "/api/holds | {'productId':1,'quantity':1} | product_id is missing.",
                "/api/holds | {'product_id':null,'quantity':1} | product_id must be an integer.",
                "/api/holds | {'product_id':1} | quantity is missing.",
                "/api/holds | {'product_id':0,'quantity':1} | product_id must be 1 or more.",
                "/api/holds | {'product_id':1,'quantity':0} | quantity must be from 1 to 1000000.",
                "/api/holds | {'product_id':1,'quantity':1,'customer_id':'a b'} "
                        + "| customer_id must be 1 to 128 visible ASCII characters without spaces.",
                "/api/orders | {} | hold_id is missing.",
                "/api/orders | {'hold_id':'x'} | hold_id must be a UUID such as 019a8f0e-5c1b-7c3e-9d2f-0123456789ab.",
                "/api/payments/webhook | {'order_id':1,'status':'success'} | transaction_id is missing.",
                "/api/payments/webhook | {'order_id':1,'status':'paid','transaction_id':'t'} "
                        + "| status must be success, failed, declined, canceled or refunded.",
                "/api/payments/webhook | {'order_id':1,'status':'success','transaction_id':'t','amount':'1,50'} "
                        + "| amount must be a plain decimal such as 10.00.",
                "/api/payments/webhook | {'order_id':1,'status':'success','transaction_id':'t','amount':'1.00001'} "
                        + "| amount must have at most 4 decimals.",
            })
    void of_a_buyer_and_a_gateway(String path, String body, String detail) {
        assertDetail(service.post(path, body.replace('\'', '"')), detail);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stock':-1 | stock must be from 0 to 1000000000.",
                "'stock':9999999999 | stock must be from 0 to 1000000000.",
                "'price':'1.001' | price must have at most 2 decimals in EUR.",
                "'price':'1000000000' | price must be below 10^9.",
                "'price':'1,50' | price must be a plain decimal such as 10.00.",
                "'currency':'euro' | currency must be a code of ISO 4217 such as EUR.",
                "'name':'' | name must have 1 to 200 characters.",
                "'name':'a\\ud800b' | name must not contain half of a surrogate pair.",
                "'reason':'\\udc00' | reason must not contain half of a surrogate pair.",
                "'operator':'a\\nb' | operator must not contain control characters.",
                "'max_per_hold':0 | max_per_hold must be 1 or more.",
                "'max_per_customer':0 | max_per_customer must be 1 or more.",
                "'sale_starts_at':'soon' | sale_starts_at must be a moment such as 2026-11-27T08:00:00Z.",
                "'sale_ends_at':'+10000-01-01T00:00:00Z' | sale_ends_at must be from 1970 to 9999.",
                "'sale_starts_at':'2026-01-02T00:00:00Z','sale_ends_at':'2026-01-01T00:00:00Z' "
                        + "| sale_ends_at must be after the start of the sale.",
            })
    void of_an_operator(String fields, String detail) {
        String valid = "{'name':'Shirt','price':'10.00','currency':'EUR','stock':1}";
        String name = fields.substring(0, fields.indexOf(':'));
        String body = valid.replaceFirst(name + ":('[^']*'|\\d+),?", "")
                .replaceFirst(",?}$", "," + fields.replace("\\", "\\\\") + "}")
                .replace("{,", "{");

        assertDetail(service.send("POST", PRODUCTS, body.replace('\'', '"'), OPERATOR), detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'sale_starts_at':'2026-01-02T00:00:00Z' | sale_starts_at must be before the end of the sale.",
                "'sale_ends_at':'2026-01-02T00:00:00Z' | sale_ends_at must be after the start of the sale."
            })
    void of_a_change_that_does_not_fit_what_is_there(String fields, String detail) {
        service.fakes.changeProduct = (id, change, cause) -> new ChangeOutcome.InvalidWindow();

        assertDetail(
                service.send(
                        "PATCH", "/api/products/1", ("{" + fields + ",'reason':'r'}").replace('\'', '"'), OPERATOR),
                detail);
    }

    static Stream<String> what_operators_send() {
        return Stream.of(
                "POST /api/products {'name':'Shirt','price':'10.00','currency':'EUR','stock':1}",
                "PATCH /api/products/1 {'name':'Shirt','reason':'r'}",
                "POST /api/products/1/stock {'stock':1,'reason':'r'}",
                "POST /api/products/1/open {'reason':'r'}",
                "POST /api/products/1/close {'reason':'r'}",
                "POST /api/orders/1/cancel {'reason':'r'}",
                "POST /api/refunds {'transaction_id':'t','order_id':1,'reason':'r'}",
                "POST /api/refunds/done {'transaction_id':'t','reason':'r'}",
                "POST /api/conflicts/resolved {'conflict_id':1,'reason':'r'}",
                "POST /api/orders/1/extend {'payment_deadline':'2026-11-27T08:00:00Z','reason':'r'}",
                "POST /api/orders/1/accept {'reason':'r'}");
    }

    @ParameterizedTest
    @MethodSource("what_operators_send")
    void a_field_that_an_operator_believes_in_and_nobody_knows_is_refused(String request) {
        String[] parts = request.split(" ", 3);
        String body = parts[2].replace("}", ",'max_per_custmer':2}").replace('\'', '"');

        Answer answer = service.send(parts[0], parts[1], body, OPERATOR);

        Problems.assertProblemWithField(answer, 422, "invalid_field", "max_per_custmer");
        assertThat(answer.json().get("detail").asString())
                .startsWith("max_per_custmer is no field that is taken here; ")
                .contains("reason");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("what_operators_send")
    void a_parameter_beside_it_is_refused(String request) {
        String[] parts = request.split(" ", 3);

        Answer answer = service.send(parts[0], parts[1] + "?dry_run=true", parts[2].replace('\'', '"'), OPERATOR);

        Problems.assertProblemWithField(answer, 422, "invalid_field", "dry_run");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("dry_run is no parameter that is taken here; none is.");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/products, 'after, limit, retired are.'",
        "/api/holds?product_id=1&status=active, 'after, customer_id, limit, product_id, status are.'",
        "/api/orders, 'after, customer_id, limit, product_id, status are.'",
        "/api/refunds, 'after, limit are.'",
        "/api/payments?status=kept, 'after, limit, status are.'",
        "/api/operator-log, 'after, limit, order_id, product_id are.'",
        "/api/products/1/stock, 'after, limit are.'"
    })
    void a_list_is_not_shown_as_if_it_were_of_what_was_asked_for(String path, String taken) {
        Answer answer = service.get(path + (path.contains("?") ? "&" : "?") + "product=c1", OPERATOR);

        Problems.assertProblemWithField(answer, 422, "invalid_field", "product");
        assertThat(answer.json().get("detail").asString())
                .isEqualTo("product is no parameter that is taken here; " + taken);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/products/7?utm_source=mail", "/health?verbose=1", "/health/live?x", "/metrics?name=x"})
    void what_others_add_is_ignored(String path) throws Exception {
        service.fakes.viewProduct = id -> Optional.empty();

        HttpResponse<Void> answer =
                service.client.send(service.request("GET", path, null, OPERATOR), BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(path.startsWith("/api/") ? 404 : 200);
    }

    private static void assertDetail(Answer answer, String detail) {
        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.json().get("detail").asString()).isEqualTo(detail);
        assertThat(answer.json().get("field").asString()).isEqualTo(detail.substring(0, detail.indexOf(' ')));
    }
}
