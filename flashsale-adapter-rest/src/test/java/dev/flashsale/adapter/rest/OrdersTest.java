package dev.flashsale.adapter.rest;

import static dev.flashsale.adapter.rest.Fakes.EXPIRES_AT;
import static dev.flashsale.adapter.rest.Fakes.HOLD_ID;
import static dev.flashsale.adapter.rest.Fakes.ORDER;
import static dev.flashsale.adapter.rest.Fakes.viewed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.OrderView;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {

    private static final String HOLD = "{\"hold_id\":\"" + HOLD_ID + "\"}";
    private static final String OWN = "/api/orders/1?hold_id=" + HOLD_ID;
    private static final String PENDING = "{\"order_id\":1,\"reference\":\"" + HOLD_ID
            + "\",\"hold_id\":\"" + HOLD_ID
            + "\",\"product_id\":1,\"quantity\":2,\"amount\":\"20.00\",\"currency\":\"EUR\",\"status\":\"pending\","
            + "\"placed_at\":\"2026-11-22T10:01:00Z\",\"payment_deadline\":\"2026-11-22T10:16:00Z\"}";
    private static final String LATER = "\"2026-11-29T08:00:00Z\"";
    private static final String SHOWN = PENDING.replaceFirst("}$", ",\"transactions\":[]}");

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void a_new_order_is_created_with_its_location() {
        service.fakes.placeOrder = id -> {
            assertThat(id).isEqualTo(HOLD_ID);
            return new OrderOutcome.Placed(ORDER);
        };

        Answer answer = service.post("/api/orders", HOLD);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo(OWN);
        assertThat(answer.body()).isEqualTo(PENDING);
    }

    @Test
    void the_same_hold_again_is_answered_with_the_same_order() {
        service.fakes.placeOrder = id -> new OrderOutcome.AlreadyPlaced(ORDER);

        Answer answer = service.post("/api/orders", HOLD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("location")).isEqualTo(OWN);
        assertThat(answer.body()).isEqualTo(PENDING);
    }

    @Test
    void an_unknown_hold_is_not_found() {
        service.fakes.placeOrder = OrderOutcome.UnknownHold::new;

        Problems.assertProblem(service.post("/api/orders", HOLD), 404, "unknown_hold", false);
    }

    @Test
    void an_expired_hold_is_gone() {
        service.fakes.placeOrder = id -> new OrderOutcome.HoldExpired(id, EXPIRES_AT);

        Problems.assertProblem(service.post("/api/orders", HOLD), 410, "hold_expired", false);
    }

    @Test
    void a_released_hold_cannot_be_ordered() {
        service.fakes.placeOrder = OrderOutcome.HoldReleased::new;

        Problems.assertProblem(service.post("/api/orders", HOLD), 409, "hold_released", false);
    }

    @ParameterizedTest
    @EnumSource
    void an_order_is_shown_to_who_knows_its_hold(OrderStatus status) {
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER.with(status)));

        Answer answer = service.get(OWN);

        assertThat(answer.status()).isEqualTo(200);
        String waits =
                status == OrderStatus.PENDING ? "\"waits_for\":\"payment\",\"transactions\"" : "\"transactions\"";
        assertThat(answer.body())
                .isEqualTo(SHOWN.replace("\"pending\"", "\"" + status.toString().toLowerCase(Locale.ROOT) + "\"")
                        .replace("\"transactions\"", waits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + Service.TOKEN, "bearer " + Service.TOKEN})
    void an_order_is_shown_to_an_operator(String authorization) {
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER));

        Answer answer = service.get("/api/orders/1", "Authorization", authorization);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(SHOWN.replace("\"transactions\"", "\"waits_for\":\"payment\",\"transactions\""));
    }

    @ParameterizedTest
    @CsvSource({"DECLINED, another_attempt", "PROCESSING, gateway", "REFUNDED, payment"})
    void a_pending_order_says_what_it_waits_for(PaymentStatus last, String what) {
        RecordedPayment reported = new RecordedPayment(
                Payment.of(new TransactionId("tx-1"), ORDER.id(), last), PaymentEffect.IGNORED, OrderStatus.PENDING);
        service.fakes.viewOrder = id ->
                Optional.of(new OrderView(ORDER, null, List.of(new ReceivedPayment(1, reported, Fakes.EXPIRES_AT))));

        assertThat(service.get(OWN).json().get("waits_for").asString()).isEqualTo(what);
    }

    @Test
    void it_says_whose_it_is_when_it_was_placed_and_paid_and_by_what() {
        Payment failure = Payment.of(new TransactionId("tx-1"), ORDER.id(), PaymentStatus.FAILED);
        Payment success = new Payment(
                new TransactionId("tx-2"),
                ORDER.id(),
                PaymentStatus.SUCCESS,
                new BigDecimal("20"),
                Currency.getInstance("EUR"));
        Payment refund = new Payment(
                new TransactionId("tx-3"),
                ORDER.id(),
                PaymentStatus.REFUNDED,
                null,
                null,
                success.transactionId(),
                true);
        Instant at = ORDER.placedAt().plusSeconds(60);
        service.fakes.viewOrder = id -> Optional.of(new OrderView(
                ORDER.with(OrderStatus.RETURNED),
                new CustomerId("c-1"),
                List.of(
                        received(1, failure, PaymentEffect.IGNORED, at),
                        received(2, success, PaymentEffect.APPLIED, at.plusSeconds(1)),
                        received(3, refund, PaymentEffect.APPLIED, at.plusSeconds(2)))));

        assertThat(service.get(OWN).body())
                .isEqualTo(PENDING.replace("pending", "returned")
                        .replaceFirst(
                                "}$",
                                ",\"customer_id\":\"c-1\",\"paid_at\":\"2026-11-22T10:02:01Z\",\"transactions\":["
                                        + "{\"transaction_id\":\"tx-1\",\"status\":\"failed\",\"outcome\":\"ignored\","
                                        + "\"received_at\":\"2026-11-22T10:02:00Z\"},"
                                        + "{\"transaction_id\":\"tx-2\",\"status\":\"success\",\"outcome\":\"applied\","
                                        + "\"amount\":\"20.00\",\"currency\":\"EUR\","
                                        + "\"received_at\":\"2026-11-22T10:02:01Z\"},"
                                        + "{\"transaction_id\":\"tx-3\",\"status\":\"refunded\",\"outcome\":\"applied\","
                                        + "\"payment_transaction_id\":\"tx-2\",\"restock\":true,"
                                        + "\"received_at\":\"2026-11-22T10:02:02Z\"}]}"));
    }

    @Test
    void a_refund_of_a_part_says_how_much_and_which_pieces_it_gave_back() {
        Payment part = new Payment(
                        new TransactionId("tx-3"),
                        ORDER.id(),
                        PaymentStatus.REFUNDED,
                        new BigDecimal("10"),
                        Currency.getInstance("EUR"),
                        null,
                        true)
                .ofPieces(List.of(new Item(new ProductId(1), new Quantity(1))));
        RecordedPayment recorded = new RecordedPayment(
                part,
                PaymentEffect.APPLIED,
                OrderStatus.PAID,
                new GivenBack(new TransactionId("tx-2"), new BigDecimal("10")));
        service.fakes.viewOrder = id -> Optional.of(new OrderView(
                ORDER.with(OrderStatus.PAID), null, List.of(new ReceivedPayment(1, recorded, ORDER.placedAt()))));

        assertThat(service.get(OWN).json().get("transactions").get(0).toString())
                .isEqualTo(
                        "{\"transaction_id\":\"tx-3\",\"status\":\"refunded\",\"outcome\":\"applied\",\"amount\":\"10.00\","
                                + "\"currency\":\"EUR\",\"gives_back\":{\"payment_transaction_id\":\"tx-2\",\"amount\":\"10.00\"},"
                                + "\"lines\":[{\"product_id\":1,\"quantity\":1}],\"restock\":true,"
                                + "\"received_at\":\"2026-11-22T10:01:00Z\"}");
    }

    private static ReceivedPayment received(long number, Payment payment, PaymentEffect effect, Instant at) {
        return new ReceivedPayment(number, new RecordedPayment(payment, effect, OrderStatus.PAID), at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer " + Service.TOKEN + "x",
                "Basic " + Service.TOKEN,
                Service.TOKEN
            })
    void a_wrong_token_reads_nothing(String authorization) {
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER));

        Answer answer = service.get("/api/orders/1", "Authorization", authorization);

        Problems.assertProblem(answer, 404, "unknown_order", false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?hold_id=",
                "?hold_id=1",
                "?hold_id=01900000-0000-7000-8000-000000000002",
                "?hold_id=%00",
                "?hold=01900000-0000-7000-8000-000000000001"
            })
    void an_order_of_another_looks_like_one_that_does_not_exist(String query) {
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER));
        Answer others = service.get("/api/orders/1" + query);
        service.fakes.viewOrder = id -> Optional.empty();
        Answer none = service.get("/api/orders/1" + query);

        Problems.assertProblem(others, 404, "unknown_order", false);
        assertThat(others.body()).isEqualTo(none.body());
        assertThat(others.headers().map().keySet())
                .isEqualTo(none.headers().map().keySet());
    }

    @Test
    void an_operator_cancels_an_order() {
        service.fakes.cancelOrder = (id, cause) -> {
            assertThat(id).isEqualTo(ORDER.id());
            assertThat(cause.operator()).startsWith("ann (token ");
            assertThat(cause.reason()).isEqualTo("fraud");
            return new CancelOutcome.Cancelled(ORDER.with(OrderStatus.CANCELLED));
        };
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER.with(OrderStatus.CANCELLED)));

        Answer answer = cancel("1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SHOWN.replace("pending", "cancelled"));
    }

    @Test
    void an_order_that_cannot_be_cancelled_says_why() {
        service.fakes.cancelOrder = (id, cause) -> new CancelOutcome.AlreadyPaid(id);
        Problems.assertProblem(cancel("1"), 409, "order_paid", false);
        service.fakes.cancelOrder = (id, cause) -> new CancelOutcome.AlreadyOver(id);
        Problems.assertProblem(cancel("1"), 409, "order_over", false);
        service.fakes.cancelOrder = (id, cause) -> new CancelOutcome.UnknownOrder(id);
        Problems.assertProblem(cancel("1"), 404, "unknown_order", false);
        Problems.assertProblem(cancel("x"), 404, "unknown_order", false);
    }

    @Test
    void an_operator_has_an_order_waited_for() {
        Instant later = Instant.parse("2026-11-29T08:00:00.123456Z");
        service.fakes.extendOrder = (id, deadline, cause) -> {
            assertThat(id).isEqualTo(ORDER.id());
            assertThat(deadline).isEqualTo(later);
            assertThat(cause.operator()).startsWith("ann (token ");
            assertThat(cause.reason()).isEqualTo("fraud");
            return new DeadlineOutcome.Extended(ORDER.withPaymentDeadline(deadline));
        };
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER.withPaymentDeadline(later)));

        Answer answer = extend("1", "\"2026-11-29T08:00:00.123456789Z\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(SHOWN.replace("2026-11-22T10:16:00Z", later.toString())
                        .replace("\"transactions\"", "\"waits_for\":\"payment\",\"transactions\""));
    }

    @Test
    void an_order_that_cannot_be_waited_for_says_why() {
        service.fakes.extendOrder = (id, deadline, cause) -> new DeadlineOutcome.AlreadyPaid(id);
        Problems.assertProblem(extend("1", LATER), 409, "order_paid", false);
        service.fakes.extendOrder = (id, deadline, cause) -> new DeadlineOutcome.AlreadyOver(id);
        Problems.assertProblem(extend("1", LATER), 409, "order_over", false);
        service.fakes.extendOrder = (id, deadline, cause) -> new DeadlineOutcome.UnknownOrder(id);
        Problems.assertProblem(extend("1", LATER), 404, "unknown_order", false);
        Problems.assertProblem(extend("x", LATER), 404, "unknown_order", false);
        service.fakes.extendOrder =
                (id, deadline, cause) -> new DeadlineOutcome.OutOfBounds(ORDER.paymentDeadline(), deadline);
        Answer outOfBounds = extend("1", LATER);
        Problems.assertProblemWithField(outOfBounds, 422, "invalid_field", "payment_deadline");
        assertThat(outOfBounds.json().get("detail").asString())
                .isEqualTo("payment_deadline must be from 2026-11-22T10:16:00Z, which it is, to 2026-11-29T08:00:00Z.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "\"\"", "\"tomorrow\"", "\"2026-11-29\"", "\"+10000-01-01T00:00:00Z\"", "1764403200"})
    void what_is_no_moment_is_refused(String deadline) {
        Problems.assertProblemWithField(extend("1", deadline), 422, "invalid_field", "payment_deadline");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void an_operator_accepts_an_order_that_was_paid_without_the_gateway() {
        service.fakes.acceptOrder = (id, cause) -> {
            assertThat(id).isEqualTo(ORDER.id());
            assertThat(cause.operator()).startsWith("ann (token ");
            return new AcceptOutcome.Accepted(ORDER.with(OrderStatus.PAID));
        };
        service.fakes.viewOrder = id -> Optional.of(viewed(ORDER.with(OrderStatus.PAID)));

        Answer answer = accept("1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SHOWN.replace("pending", "paid"));
    }

    @Test
    void an_order_that_cannot_be_accepted_says_why() {
        service.fakes.acceptOrder = (id, cause) -> new AcceptOutcome.AlreadyPaid(id);
        Problems.assertProblem(accept("1"), 409, "order_paid", false);
        service.fakes.acceptOrder = (id, cause) -> new AcceptOutcome.AlreadyOver(id);
        Problems.assertProblem(accept("1"), 409, "order_over", false);
        service.fakes.acceptOrder = (id, cause) -> new AcceptOutcome.PiecesGone(id);
        Problems.assertProblem(accept("1"), 409, "insufficient_stock", false);
        service.fakes.acceptOrder = (id, cause) -> new AcceptOutcome.UnknownOrder(id);
        Problems.assertProblem(accept("1"), 404, "unknown_order", false);
        Problems.assertProblem(accept("x"), 404, "unknown_order", false);
    }

    private Answer cancel(String id) {
        return operate(id, "cancel", "");
    }

    private Answer extend(String id, String deadline) {
        return operate(id, "extend", "\"payment_deadline\":" + deadline + ",");
    }

    private Answer accept(String id) {
        return operate(id, "accept", "");
    }

    private Answer operate(String id, String what, String fields) {
        return service.send(
                "POST",
                "/api/orders/" + id + "/" + what,
                "{" + fields + "\"reason\":\"fraud\",\"operator\":\"ann\"}",
                "Authorization",
                "Bearer " + Service.TOKEN,
                "Content-Type",
                "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "01", "9223372036854775808", "%00"})
    void an_id_that_cannot_exist_is_not_found(String id) {
        Problems.assertProblem(service.get("/api/orders/" + id + "?hold_id=" + HOLD_ID), 404, "unknown_order", false);
        assertThat(service.fakes.calls).hasValue(0);
    }
}
