package dev.flashsale.adapter.rest;

import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTokenTest {

    @RegisterExtension
    private final Service service =
            new Service(new TestSettings().noOperatorToken().build());

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "Bearer null", "Bearer Optional.empty", "Bearer " + Service.TOKEN})
    void without_a_configured_token_nobody_is_an_operator(String authorization) {
        service.fakes.viewOrder = id -> Optional.of(Fakes.ORDER);

        Problems.assertProblem(
                service.get("/api/orders/1", "Authorization", authorization), 404, "unknown_order", false);
    }
}
