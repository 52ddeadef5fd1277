package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerListenerTest {

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @CsvSource({
        "GET,     /health/live,            GET /health/live 200",
        "HEAD,    /health/live,            HEAD /health/live 200",
        "GET,     /api/products/7,         GET /api/products/{id} 404",
        "GET,     /api/products/seven,     GET /api/products/{id} 404",
        "POST,    /api/products/7/stock,   POST /api/products/{id}/stock 401",
        "POST,    /api/holds,              POST /api/holds 415",
        "DELETE,  /api/holds/seven,        DELETE /api/holds/{id} 404",
        "GET,     /api/orders/1?hold_id=x, GET /api/orders/{id} 404",
        "OPTIONS, /api/orders/1,           other /api/orders/{id} 204",
        "PUT,     /api/orders/1,           other /api/orders/{id} 405",
        "GET,     /secret/path,            other none 404"
    })
    void an_answer_is_told_by_its_route_and_never_by_its_path(String method, String path, String told)
            throws Exception {
        service.fakes.viewProduct = id -> Optional.empty();

        assertThat(service.send(method, path, null)).isNotNull();

        assertThat(service.answered.poll(10, TimeUnit.SECONDS)).isEqualTo(told);
        assertThat(service.answered).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api/products/7, GET /api/products/{id} 500"})
    void so_is_what_went_wrong(String path, String told) throws Exception {
        service.fakes.viewProduct = id -> {
            throw new IllegalStateException("broken for the test");
        };

        assertThat(service.get(path).status()).isEqualTo(500);

        assertThat(service.answered.poll(10, TimeUnit.SECONDS)).isEqualTo(told);
    }
}
