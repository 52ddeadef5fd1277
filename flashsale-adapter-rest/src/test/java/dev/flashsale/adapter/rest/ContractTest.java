package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.Stock;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canary: whatever is taken out of openapi.yaml, an answer or a request that has it fails, and it is named. */
class ContractTest {

    private static final String WISH = "{\"product_id\":1,\"quantity\":2,\"customer_id\":\"c-1\"}";
    private static final String REPORT = "{\"order_id\":1,\"status\":\"success\",\"transaction_id\":\"tx-1\"}";
    private static final String HOLDS = "/paths/~1api~1holds";

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @CsvSource({
        HOLDS + ", paths has nothing for it: add this path",
        HOLDS + "/post, paths./api/holds has no post",
        HOLDS + "/post/responses/201, paths./api/holds.post.responses has no '201'",
        HOLDS + "/post/responses/201/headers/Location, no header location",
        HOLDS + "/post/responses/201/content, it has no content there",
        HOLDS + "/post/requestBody, it has no requestBody",
        "/components/schemas/Hold/properties/expires_at, expires_at",
        "/components/schemas/Hold/x-one-of/0, required property 'items'",
        "/components/schemas/HoldStatus/enum/0, /status",
        "/components/schemas/HoldRequest/properties/customer_id, customer_id"
    })
    void what_is_missing_of_a_granted_hold_is_named(String pointer, String named) {
        service.fakes.placeHold =
                request -> new HoldOutcome.Placed(request.holdId(), request.lines(), Fakes.EXPIRES_AT);

        assertMissing(pointer, "POST", "/api/holds", WISH, named);
    }

    @ParameterizedTest
    @CsvSource({
        HOLDS + "/post/responses/409, paths./api/holds.post.responses has no '409' with the code insufficient_stock",
        HOLDS + "/post/responses/409/x-values/code/0, /code",
        "/components/schemas/Problem/properties/code, property 'code'",
        "/components/schemas/Problem/properties/available_stock, available_stock"
    })
    void what_is_missing_of_a_refusal_is_named(String pointer, String named) {
        service.fakes.placeHold = request ->
                new HoldOutcome.InsufficientStock(request.lines().first().productId(), 1);

        assertMissing(pointer, "POST", "/api/holds", WISH, named);
    }

    @ParameterizedTest
    @CsvSource({
        "/paths/~1api~1products~1{product_id}/get/responses/200/headers/ETag, no header etag",
        "/paths/~1api~1products~1{product_id}/get/parameters/0, no parameter If-None-Match",
        "/components/schemas/Product/properties/available_stock, available_stock"
    })
    void what_is_missing_of_a_product_is_named(String pointer, String named) {
        ProductId id = new ProductId(1);
        service.fakes.viewProduct = asked -> Optional.of(
                new ProductView(new Product(id, "x", Money.of("1", "EUR")), Stock.untouched(id, 1), SaleState.OPEN));

        assertMissing(pointer, "GET", "/api/products/1", null, named, "If-None-Match", "\"another\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/paths/~1api~1payments~1webhook/post/responses/202/x-values/outcome/0, /outcome",
        "/components/schemas/PaymentOutcome/enum/1, /outcome",
        "/components/schemas/RecordedPayment/properties/transaction_id, transaction_id"
    })
    void what_is_missing_of_a_payment_that_is_kept_is_named(String pointer, String named) {
        service.fakes.recordPayment = payment -> new PaymentOutcome.Recorded(RecordedPayment.kept(payment));

        assertMissing(pointer, "POST", "/api/payments/webhook", REPORT, named);
    }

    @ParameterizedTest
    @CsvSource({
        "/paths/~1api~1payments~1webhook/post/responses/200/x-values/outcome/0, /outcome",
        "/paths/~1api~1payments~1webhook/post/responses/200/x-values/order_status/1, /order_status"
    })
    void what_is_missing_of_a_payment_that_is_applied_is_named(String pointer, String named) {
        service.fakes.recordPayment = payment ->
                new PaymentOutcome.Recorded(new RecordedPayment(payment, PaymentEffect.APPLIED, OrderStatus.PAID));

        assertMissing(pointer, "POST", "/api/payments/webhook", REPORT, named);
    }

    @Test
    void what_is_missing_of_what_no_route_answered_is_named() {
        Answer answer = service.get("/nowhere");

        assertThatThrownBy(() -> new Contract(OpenApiDocument.published()
                                .without("/components/responses/Refused/content/application~1problem+json"))
                        .check(answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it has no application/problem+json with a schema there");
    }

    private void assertMissing(
            String pointer, String method, String path, String body, String named, String... headers) {
        String[] sent = body == null ? headers : new String[] {"Content-Type", "application/json"};
        HttpRequest request = service.request(method, path, body, sent);
        Answer answer = service.send(method, path, body, sent);

        assertThatThrownBy(
                        () -> new Contract(OpenApiDocument.published().without(pointer)).check(request, body, answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(method + " " + request.uri())
                .hasMessageContaining(named);
    }
}
