package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/api/products/",
                "/api/products/1/",
                "/api/products/1/x",
                "/API/holds",
                "/api/holds/",
                "/healthy",
                "/metrics/",
                "/console/",
                "/console/other.js",
                "/console/..%2fopenapi.yaml",
                "/api/products/..%2f1%2f2",
                "/%00"
            })
    void an_unmatched_path_is_not_found(String path) {
        Problems.assertProblem(service.get(path), 404, "not_found", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/products/1         | GET, HEAD, PATCH, OPTIONS",
                "POST   | /api/products/1         | GET, HEAD, PATCH, OPTIONS",
                "PUT    | /api/products           | GET, HEAD, POST, OPTIONS",
                "PUT    | /api/products/1/stock   | GET, HEAD, POST, OPTIONS",
                "DELETE | /api/operator-log       | GET, HEAD, OPTIONS",
                "GET    | /api/products/1/open    | POST, OPTIONS",
                "GET    | /api/products/1/close   | POST, OPTIONS",
                "GET    | /api/orders/1/cancel    | POST, OPTIONS",
                "GET    | /api/orders/1/extend    | POST, OPTIONS",
                "GET    | /api/orders/1/accept    | POST, OPTIONS",
                "PUT    | /api/holds              | GET, HEAD, POST, OPTIONS",
                "PUT    | /api/holds/1            | GET, HEAD, DELETE, PATCH, OPTIONS",
                "DELETE | /api/orders             | GET, HEAD, POST, OPTIONS",
                "BREW   | /api/orders/1           | GET, HEAD, OPTIONS",
                "DELETE | /api/payments           | GET, HEAD, OPTIONS",
                "GET    | /api/payments/webhook   | POST, OPTIONS",
                "DELETE | /api/refunds            | GET, HEAD, POST, OPTIONS",
                "GET    | /api/refunds/done       | POST, OPTIONS",
                "GET    | /api/conflicts/resolved | POST, OPTIONS",
                "POST   | /api/customers/c-1      | DELETE, OPTIONS",
                "POST   | /health/live            | GET, HEAD, OPTIONS",
                "POST   | /health                 | GET, HEAD, OPTIONS",
                "DELETE | /metrics                | GET, HEAD, OPTIONS",
                "DELETE | /health/ready           | GET, HEAD, OPTIONS",
                "POST   | /openapi.yaml           | GET, HEAD, OPTIONS",
                "POST   | /openapi.json           | GET, HEAD, OPTIONS",
                "POST   | /docs                   | GET, HEAD, OPTIONS",
                "POST   | /console                | GET, HEAD, OPTIONS",
                "POST   | /console/app.js         | GET, HEAD, OPTIONS",
                "POST   | /api/live               | GET, HEAD, OPTIONS",
                "POST   | /api/products/1/live    | GET, HEAD, OPTIONS",
                "POST   | /api/audit              | GET, HEAD, OPTIONS"
            })
    void a_wrong_method_is_refused_with_what_is_allowed(String method, String path, String allowed) {
        Answer refused = service.send(method, path, null);
        Answer options = service.send("OPTIONS", path, null);

        Problems.assertProblem(refused, 405, "method_not_allowed", false);
        assertThat(refused.header("allow")).isEqualTo(allowed);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/problem+json",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "json",
                "/",
                "*/*",
                ";"
            })
    void a_body_of_another_type_is_refused(String type) {
        Answer answer = service.send("POST", "/api/holds", "{}", "Content-Type", type);

        Problems.assertProblemWithField(answer, 415, "unsupported_media_type", "content-type");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\""
            })
    void json_in_utf_8_is_taken(String type) {
        Answer answer = service.send("POST", "/api/holds", "{}", "Content-Type", type);

        Problems.assertProblemWithField(answer, 422, "invalid_field", "product_id");
    }

    @Test
    void a_post_without_type_or_without_body_is_refused() {
        Problems.assertProblem(service.send("POST", "/api/holds", "{}"), 415, "unsupported_media_type", false);
        Problems.assertProblem(service.send("POST", "/api/holds", null), 415, "unsupported_media_type", false);
        Problems.assertProblemWithField(
                service.send("POST", "/api/holds", null, "Content-Type", "application/json"),
                400,
                "malformed_json",
                "body");
    }
}
