package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.KeptPayment;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Refund;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.RefundReason;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefundsTest {

    private static final String DONE = "/api/refunds/done";
    private static final String TX_1 =
            "{\"transaction_id\":\"tx-1\",\"operator\":\"ann\",\"reason\":\"by bank transfer\"}";
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:02:00.123456Z");

    @RegisterExtension
    private final Service service = new Service();

    @Test
    void money_to_give_back_is_listed_with_the_reason() {
        service.fakes.listRefunds = (after, size) -> new Page<>(
                List.of(
                        refund(3, RefundReason.ALREADY_PAID, "10", "EUR"),
                        refund(5, RefundReason.NO_ORDER, null, null)),
                Optional.empty());

        Answer answer = get("/api/refunds");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"items\":[{\"transaction_id\":\"tx-3\",\"order_id\":1,\"amount\":\"10.00\","
                        + "\"currency\":\"EUR\",\"rest\":\"10.00\",\"why\":\"already_paid\",\"received_at\":\"2026-11-22T10:02:00.123456Z\"},"
                        + "{\"transaction_id\":\"tx-5\",\"order_id\":1,\"why\":\"no_order\","
                        + "\"received_at\":\"2026-11-22T10:02:00.123456Z\"}],\"next\":null}");
    }

    @ParameterizedTest
    @CsvSource({"10.005,EUR,10.005", "1000,JPY,1000", "1.5,BHD,1.500", "7,,7"})
    void an_amount_has_its_currencys_decimals_and_more_only_where_there_are_more(
            String amount, String currency, String shown) {
        service.fakes.listRefunds = (after, size) ->
                new Page<>(List.of(refund(3, RefundReason.SOLD_OUT, amount, currency)), Optional.empty());

        assertThat(get("/api/refunds").json().get("items").get(0).get("amount").asString())
                .isEqualTo(shown);
    }

    @Test
    void a_page_says_where_the_next_one_begins() {
        List<Optional<Long>> asked = new ArrayList<>();
        service.fakes.listRefunds = (after, size) -> {
            assertThat(size).isEqualTo(after.isEmpty() ? PageSize.DEFAULT : new PageSize(1));
            asked.add(after);
            return new Page<>(List.of(refund(8, RefundReason.AMOUNT_DIFFERS, "1", "EUR")), Optional.of(8L));
        };

        String next = get("/api/refunds").json().get("next").asString();
        assertThat(get("/api/refunds?limit=1&after=" + next).status()).isEqualTo(200);

        assertThat(asked).containsExactly(Optional.empty(), Optional.of(8L));
    }

    @ParameterizedTest
    @CsvSource({"after,7", "after,MA", "after,LTE", "limit,0", "limit,501", "limit,x"})
    void a_page_out_of_bounds_is_refused(String name, String value) {
        Problems.assertProblemWithField(get("/api/refunds?" + name + "=" + value), 422, "invalid_field", name);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_refund_is_marked_done_once_or_again() {
        RecordedPayment payment = RecordedPayment.givenUp(
                refund(1, RefundReason.NO_ORDER, null, null).payment());
        List<Cause> causes = new ArrayList<>();
        service.fakes.markRefundDone = (id, cause) -> {
            causes.add(cause);
            return new RefundOutcome.Done(payment);
        };
        Answer first = post(TX_1);
        service.fakes.markRefundDone = (id, cause) -> new RefundOutcome.AlreadyDone(payment);
        Answer again = post(TX_1);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"transaction_id\":\"tx-1\",\"refund\":\"done\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(causes).singleElement().satisfies(cause -> {
            assertThat(cause.operator()).startsWith("ann (token ");
            assertThat(cause.reason()).isEqualTo("by bank transfer");
        });
    }

    @Test
    void a_refund_by_hand_is_recorded_as_a_gateways_is() {
        List<Payment> made = new ArrayList<>();
        service.fakes.makeRefund = (refund, cause) -> {
            made.add(refund);
            return new PaymentOutcome.Recorded(new RecordedPayment(refund, PaymentEffect.APPLIED, OrderStatus.PAID));
        };
        String part = "{\"transaction_id\":\"transfer-1\",\"order_id\":1,\"amount\":\"10.00\",\"currency\":\"EUR\","
                + "\"lines\":[{\"product_id\":1,\"quantity\":1}],\"restock\":true,\"reason\":\"one came back\"}";

        Answer answer = make(part);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"transaction_id\":\"transfer-1\",\"order_id\":1,\"order_status\":\"paid\",\"outcome\":\"applied\"}");
        assertThat(made)
                .containsExactly(new Payment(
                                new TransactionId("transfer-1"),
                                new OrderId(1),
                                PaymentStatus.REFUNDED,
                                BigDecimal.TEN,
                                Currency.getInstance("EUR"),
                                null,
                                true)
                        .ofPieces(List.of(new Item(new ProductId(1), new Quantity(1)))));
        service.fakes.makeRefund = (refund, cause) -> new PaymentOutcome.NoSuchPieces(refund, new ProductId(1), 0);
        Problems.assertProblemWithField(make(part), 422, "invalid_field", "lines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount              | \"lines\":[{\"product_id\":1,\"quantity\":1}],\"reason\":\"r\"",
                "lines[0].product_id | \"amount\":\"1\",\"lines\":[{\"quantity\":1}],\"reason\":\"r\"",
                "lines[0].quantity   | \"amount\":\"1\",\"lines\":[{\"product_id\":1,\"quantity\":0}],\"reason\":\"r\"",
                "lines               | \"amount\":\"1\",\"lines\":{\"product_id\":1},\"reason\":\"r\"",
                "reason              | \"amount\":\"1\""
            })
    void a_refund_by_hand_of_another_shape_is_refused(String field, String members) {
        Answer answer = make("{\"transaction_id\":\"transfer-1\",\"order_id\":1," + members + "}");

        Problems.assertProblemWithField(answer, 422, "invalid_field", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    private Answer make(String body) {
        return service.send(
                "POST",
                "/api/refunds",
                body,
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + Service.TOKEN);
    }

    @Test
    void what_need_not_be_given_back_is_refused() {
        Payment payment = refund(1, RefundReason.NO_ORDER, null, null).payment();
        service.fakes.markRefundDone = (id, cause) -> new RefundOutcome.NotRequired(RecordedPayment.kept(payment));
        Problems.assertProblem(post(TX_1), 409, "refund_not_required", false);

        service.fakes.markRefundDone = (id, cause) -> new RefundOutcome.UnknownPayment(id);
        Problems.assertProblem(post(TX_1), 404, "unknown_payment", false);
        Problems.assertProblemWithField(post("{}"), 422, "invalid_field", "transaction_id");
        Problems.assertProblemWithField(post("{\"transaction_id\":\"tx-1\"}"), 422, "invalid_field", "reason");
    }

    @Test
    void reports_that_contradict_what_is_known_are_listed_until_somebody_has_looked() {
        ConflictingReport report = new ConflictingReport(
                ReportId.ofSuccess(new TransactionId("tx-9")),
                new OrderId(7),
                Fakes.HOLD_ID,
                new BigDecimal("10.5"),
                Currency.getInstance("EUR"),
                new OrderId(5));
        ConflictingReport ofNoOrder = new ConflictingReport(
                new ReportId(new TransactionId("tx-8"), PaymentStatus.FAILED), null, Fakes.HOLD_ID, null, null, null);
        service.fakes.listConflicts = (after, size) -> new Page<>(
                List.of(
                        new ListedConflict(3, report, Fakes.EXPIRES_AT),
                        new ListedConflict(4, ofNoOrder, Fakes.EXPIRES_AT)),
                Optional.empty());

        assertThat(get("/api/payments?status=conflict").body())
                .isEqualTo(
                        "{\"items\":[{\"conflict_id\":3,\"transaction_id\":\"tx-9\",\"status\":\"success\",\"order_id\":7,"
                                + "\"order_reference\":\"" + Fakes.HOLD_ID
                                + "\",\"amount\":\"10.50\",\"currency\":\"EUR\","
                                + "\"known_order_id\":5,\"received_at\":\"2026-11-22T10:02:00.123456Z\"},"
                                + "{\"conflict_id\":4,\"transaction_id\":\"tx-8\",\"status\":\"failed\","
                                + "\"order_reference\":\"" + Fakes.HOLD_ID
                                + "\",\"received_at\":\"2026-11-22T10:02:00.123456Z\"}],\"next\":null}");
        Problems.assertProblemWithField(get("/api/payments?status=applied"), 422, "invalid_field", "status");
    }

    @Test
    void a_conflict_is_resolved_with_a_reason_or_is_not_listed() {
        List<Cause> causes = new ArrayList<>();
        service.fakes.resolveConflict = (number, cause) -> causes.add(cause) && number == 3;

        Answer resolved = resolve("{\"conflict_id\":3,\"reason\":\"asked the gateway\"}");

        assertThat(resolved.status()).isEqualTo(200);
        assertThat(resolved.body()).isEqualTo("{\"conflict_id\":3,\"conflict\":\"resolved\"}");
        assertThat(causes).extracting(Cause::reason).containsExactly("asked the gateway");
        Problems.assertProblem(resolve("{\"conflict_id\":4,\"reason\":\"r\"}"), 404, "unknown_conflict", false);
        Problems.assertProblemWithField(resolve("{\"conflict_id\":3}"), 422, "invalid_field", "reason");
        Problems.assertProblemWithField(
                resolve("{\"conflict_id\":0,\"reason\":\"r\"}"), 422, "invalid_field", "conflict_id");
        Problems.assertProblem(service.post("/api/conflicts/resolved", "{}"), 401, "operator_token_required", false);
    }

    private Answer resolve(String body) {
        return service.send(
                "POST",
                "/api/conflicts/resolved",
                body,
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + Service.TOKEN);
    }

    @Test
    void payments_that_wait_for_their_orders_say_since_when_and_until_when() {
        List<Optional<Long>> asked = new ArrayList<>();
        service.fakes.listKeptPayments = (after, size) -> {
            asked.add(after);
            return new Page<>(
                    List.of(new KeptPayment(
                            4,
                            refund(4, RefundReason.NO_ORDER, "10", "EUR").payment(),
                            RECEIVED_AT,
                            RECEIVED_AT.plus(Duration.ofDays(7)))),
                    Optional.of(4L));
        };

        Answer answer = get("/api/payments?status=kept");
        String next = answer.json().get("next").asString();

        assertThat(answer.body())
                .startsWith("{\"items\":[{\"transaction_id\":\"tx-4\",\"order_id\":1,\"status\":\"success\","
                        + "\"amount\":\"10.00\",\"currency\":\"EUR\",\"received_at\":\"2026-11-22T10:02:00.123456Z\","
                        + "\"given_up_at\":\"2026-11-29T10:02:00.123456Z\"}],\"next\":\"");
        assertThat(get("/api/payments?status=kept&limit=1&after=" + next).status())
                .isEqualTo(200);
        assertThat(asked).containsExactly(Optional.empty(), Optional.of(4L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/payments", "/api/payments?status=", "/api/payments?status=applied"})
    void other_payments_are_found_with_their_orders(String path) {
        Problems.assertProblemWithField(get(path), 422, "invalid_field", "status");
        Problems.assertProblem(service.get(path), 401, "operator_token_required", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void both_are_for_operators_alone() {
        Problems.assertProblem(service.get("/api/refunds"), 401, "operator_token_required", false);
        Problems.assertProblem(service.post(DONE, TX_1), 401, "operator_token_required", false);
        assertThat(service.fakes.calls).hasValue(0);
    }

    private Answer get(String path) {
        return service.get(path, "Authorization", "Bearer " + Service.TOKEN);
    }

    private Answer post(String body) {
        return service.send(
                "POST", DONE, body, "Content-Type", "application/json", "Authorization", "Bearer " + Service.TOKEN);
    }

    private static Refund refund(long number, RefundReason why, String amount, String currency) {
        Payment payment = new Payment(
                new TransactionId("tx-" + number),
                new OrderId(1),
                PaymentStatus.SUCCESS,
                amount == null ? null : new BigDecimal(amount),
                currency == null ? null : Currency.getInstance(currency));
        return new Refund(number, payment, payment.amount(), why, RECEIVED_AT);
    }
}
