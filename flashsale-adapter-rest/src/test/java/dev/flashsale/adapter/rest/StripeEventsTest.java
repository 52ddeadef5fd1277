package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.adapter.rest.webhook.Gateways;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of the shapes that docs.stripe.com/api/events has, signed as Stripe signs them. */
class StripeEventsTest {

    private static final String SECRET = "whsec_test_secret_of_stripe";
    private static final String WEBHOOK = "/api/payments/webhook";

    @RegisterExtension
    private final Service service = new Service(TestSettings.builder()
            .webhooks(new WebhookSettings(WebhookScheme.STRIPE, List.of(SECRET), false))
            .build());

    @RegisterExtension
    private final Service keeping = new Service(TestSettings.builder()
            .webhooks(new WebhookSettings(
                    WebhookScheme.STRIPE, List.of(SECRET), false, new ReportSettings(true, Set.of())))
            .build());

    private final List<Payment> taken = new ArrayList<>();

    @BeforeEach
    void keepEveryPayment() {
        Stream.of(service, keeping).forEach(server -> {
            server.fakes.orderOf = hold -> Optional.of(new OrderId(17));
            server.fakes.recordPayment = payment -> {
                taken.add(payment);
                return new PaymentOutcome.Recorded(RecordedPayment.kept(payment));
            };
        });
    }

    @ParameterizedTest
    @CsvSource({
        "payment_intent.succeeded,       succeeded,               SUCCESS",
        "payment_intent.payment_failed,  requires_payment_method, FAILED",
        "payment_intent.canceled,        canceled,                FAILED",
        "payment_intent.processing,      processing,              PROCESSING",
        "payment_intent.requires_action, requires_action,         PROCESSING"
    })
    void an_intent_is_one_transaction_whatever_becomes_of_it(String type, String status, PaymentStatus said) {
        assertThat(send(service, intent(type, status, 2000, "eur", reference())).status())
                .isEqualTo(202);

        assertThat(taken).containsExactly(payment("pi_3MtwBwLkdIwHu7ix28a3tqPa", said, "20.00", "EUR"));
    }

    @Test
    void a_failure_lets_the_order_wait_where_that_is_set_and_a_cancellation_does_not() {
        send(keeping, intent("payment_intent.payment_failed", "requires_payment_method", 2000, "eur", reference()));
        send(keeping, intent("payment_intent.canceled", "canceled", 2000, "eur", reference()));

        assertThat(taken).extracting(Payment::status).containsExactly(PaymentStatus.DECLINED, PaymentStatus.FAILED);
    }

    /** Some currencies are counted in other units than they have. */
    @ParameterizedTest
    @CsvSource({
        "eur,1099,10.99",
        "jpy,500,500",
        "krw,500,500",
        "bhd,5120,5.12",
        "kwd,10,0.01",
        "isk,500,5",
        "ugx,500,5",
        "mga,500,500",
        "huf,1000,10",
        "clp,500,500"
    })
    void amounts_are_in_the_units_that_stripe_counts_in(String currency, long minor, String amount) {
        send(service, intent("payment_intent.succeeded", "succeeded", minor, currency, reference()));

        assertThat(taken).singleElement().satisfies(payment -> {
            assertThat(payment.amount()).isEqualByComparingTo(amount);
            assertThat(payment.currency()).isEqualTo(Currency.getInstance(currency.toUpperCase()));
        });
    }

    @Test
    void a_refund_gives_back_what_is_given_back_more_than_before() {
        send(service, refund("evt_1", 500, 0));
        send(service, refund("evt_2", 2000, 500));

        Payment first = new Payment(
                        new TransactionId("evt_1"),
                        new OrderId(17),
                        PaymentStatus.REFUNDED,
                        new BigDecimal("5.00"),
                        Currency.getInstance("EUR"),
                        new TransactionId("pi_3MtwBwLkdIwHu7ix28a3tqPa"),
                        false)
                .ofHold(Fakes.HOLD_ID);
        assertThat(taken.getFirst()).isEqualTo(first);
        assertThat(taken.getLast().amount()).isEqualByComparingTo("15");
    }

    @Test
    void an_order_may_be_named_by_its_number() {
        send(service, intent("payment_intent.succeeded", "succeeded", 2000, "eur", "\"flashsale_order\":\"17\""));

        assertThat(taken).extracting(Payment::orderId).containsExactly(new OrderId(17));
        assertThat(taken.getFirst().reference()).isNull();
    }

    /** Stripe takes 50 keys with up to 500 characters each. */
    @Test
    void an_event_as_large_as_they_come_is_taken() {
        StringBuilder metadata = new StringBuilder(reference());
        for (int i = 0; i < 49; i++) {
            metadata.append(",\"key-")
                    .append("k".repeat(33))
                    .append(i % 10)
                    .append(i)
                    .append("\":\"");
            metadata.append("v".repeat(500)).append('"');
        }

        assertThat(send(service, intent("payment_intent.succeeded", "succeeded", 2000, "eur", metadata.toString()))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer.created", "payment_intent.created", "charge.succeeded", "refund.created", ""})
    void an_event_of_another_type_is_refused(String type) {
        Answer answer = send(service, intent(type, "succeeded", 2000, "eur", reference()));

        Problems.assertProblemWithField(answer, 422, "invalid_field", "type");
        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data                    | \"data\":[]",
                "data                    | \"data\":null",
                "data.object             | \"data\":{\"object\":\"payment_intent\"}",
                "data.object.currency    | \"data\":{\"object\":{\"id\":\"pi_1\",\"amount_received\":1}}",
                "data.object.metadata.flashsale_order"
                        + " | \"data\":{\"object\":{\"id\":\"pi_1\",\"amount_received\":1,\"currency\":\"eur\"}}",
                "data.object.metadata.flashsale_order | \"data\":{\"object\":{\"id\":\"pi_1\",\"amount_received\":1,"
                        + "\"currency\":\"eur\",\"metadata\":{\"flashsale_order\":\"x\"}}}",
                "data.object.amount_received | \"data\":{\"object\":{\"id\":\"pi_1\",\"amount_received\":\"1\","
                        + "\"currency\":\"eur\",\"metadata\":{\"flashsale_order\":\"17\"}}}"
            })
    void an_event_of_another_shape_is_refused(String field, String data) {
        Answer answer = send(
                service, "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\"," + data + "}");

        Problems.assertProblemWithField(answer, 422, "invalid_field", field);
        assertThat(taken).isEmpty();
    }

    @Test
    void the_words_of_this_api_are_understood_as_well() {
        assertThat(send(service, "{\"order_id\":17,\"status\":\"success\",\"transaction_id\":\"tx-1\"}")
                        .status())
                .isEqualTo(202);
    }

    private Payment payment(String id, PaymentStatus status, String amount, String currency) {
        return new Payment(
                        new TransactionId(id),
                        new OrderId(17),
                        status,
                        new BigDecimal(amount),
                        Currency.getInstance(currency))
                .ofHold(Fakes.HOLD_ID);
    }

    private static String reference() {
        return "\"flashsale_order\":\"" + Fakes.HOLD_ID + "\"";
    }

    private static String intent(String type, String status, long minor, String currency, String metadata) {
        long received = status.equals("succeeded") ? minor : 0;
        return """
                {"id":"evt_1NG8Du2eZvKYlo2CUI79vXWy","object":"event","api_version":"2019-02-19","created":1686089970,
                "data":{"object":{"id":"pi_3MtwBwLkdIwHu7ix28a3tqPa","object":"payment_intent","amount":%d,
                "amount_capturable":0,"amount_details":{"tip":{}},"amount_received":%d,"application":null,
                "automatic_payment_methods":{"enabled":true},"canceled_at":null,"capture_method":"automatic",
                "client_secret":"pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_x","confirmation_method":"automatic",
                "created":1680800504,"currency":"%s","customer":null,"description":null,"last_payment_error":null,
                "latest_charge":null,"livemode":false,"metadata":{%s},"next_action":null,
                "payment_method_options":{"card":{"installments":null,"network":null}},
                "payment_method_types":["card","link"],"receipt_email":null,"status":"%s"}},
                "livemode":false,"pending_webhooks":0,"request":{"id":null,"idempotency_key":null},"type":"%s"}""".formatted(minor, received, currency, metadata, status, type);
    }

    private static String refund(String id, long refunded, long before) {
        return """
                {"id":"%s","object":"event","api_version":"2024-06-20","created":1686089970,
                "data":{"object":{"id":"ch_3MmlLrLkdIwHu7ix0snN0B15","object":"charge","amount":2000,
                "amount_captured":2000,"amount_refunded":%d,"currency":"eur","metadata":{%s},"paid":true,
                "payment_intent":"pi_3MtwBwLkdIwHu7ix28a3tqPa","refunded":%b,"status":"succeeded"},
                "previous_attributes":{"amount_refunded":%d}},
                "livemode":false,"pending_webhooks":1,"type":"charge.refunded"}""".formatted(id, refunded, reference(), refunded == 2000, before);
    }

    /** Not held to openapi.yaml, which leaves these events to whoever makes them. */
    private static Answer send(Service server, String event) {
        try {
            return Answer.of(server.client.send(
                    server.request(
                            "POST",
                            WEBHOOK,
                            event,
                            Gateways.flat(Gateways.stripe(server.now.getEpochSecond(), event, SECRET))),
                    BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
