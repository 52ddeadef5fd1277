package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.hold.HoldOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canary of the tests that put it before a server. */
class ContractProxyTest {

    @RegisterExtension
    private final Service service = new Service();

    @BeforeEach
    void grant() {
        service.fakes.placeHold =
                request -> new HoldOutcome.Placed(request.holdId(), request.lines(), Fakes.EXPIRES_AT);
    }

    @Test
    void what_the_document_has_passes_as_it_is() throws Exception {
        try (ContractProxy proxy = ContractProxy.before(service.port())) {
            HttpResponse<String> hold = hold(proxy);

            assertThat(hold.statusCode()).isEqualTo(201);
            assertThat(hold.headers().firstValue("Location")).hasValue("/api/holds/" + Fakes.HOLD_ID);
            assertThat(hold.body()).startsWith("{\"hold_id\":\"" + Fakes.HOLD_ID);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/components/schemas/Hold/properties/expires_at, expires_at",
        "/components/schemas/HoldRequest/properties/customer_id, customer_id",
        "/paths/~1api~1holds/post/responses/201/headers/Location, no header location"
    })
    void what_it_lacks_fails_at_the_end(String pointer, String named) throws Exception {
        Contract lacking = new Contract(OpenApiDocument.published().without(pointer));
        ContractProxy proxy = new ContractProxy(service.port(), lacking);

        assertThat(hold(proxy).statusCode()).isEqualTo(201);

        assertThatThrownBy(proxy::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("POST")
                .hasMessageContaining(named);
    }

    private HttpResponse<String> hold(ContractProxy proxy) throws IOException, InterruptedException {
        return service.client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + "/api/holds"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"product_id\":1,\"quantity\":2,\"customer_id\":\"c-1\"}"))
                        .build(),
                BodyHandlers.ofString());
    }
}
