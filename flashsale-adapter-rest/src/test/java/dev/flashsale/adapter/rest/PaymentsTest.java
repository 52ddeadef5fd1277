package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentsTest {

    private static final String WEBHOOK = "/api/payments/webhook";
    private static final String REPORT = "{\"order_id\":1,\"status\":\"success\",\"transaction_id\":\"tx-1\"}";

    @RegisterExtension
    private final Service service = new Service();

    @ParameterizedTest
    @CsvSource({
        "APPLIED,PAID,applied,paid",
        "APPLIED,FAILED,applied,failed",
        "IGNORED,PAID,ignored,paid",
        "REFUND_REQUIRED,EXPIRED,refund_required,expired",
        "APPLIED,REFUNDED,applied,refunded",
        "APPLIED,RETURNED,applied,returned"
    })
    void a_report_is_answered_with_what_it_did(
            PaymentEffect effect, OrderStatus status, String outcome, String orderStatus) {
        service.fakes.recordPayment =
                payment -> new PaymentOutcome.Recorded(new RecordedPayment(payment, effect, status));
        Answer first = service.post(WEBHOOK, REPORT);
        service.fakes.recordPayment =
                payment -> new PaymentOutcome.AlreadyRecorded(new RecordedPayment(payment, effect, status));
        Answer again = service.post(WEBHOOK, REPORT);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body())
                .isEqualTo("{\"transaction_id\":\"tx-1\",\"order_id\":1,\"order_status\":\"" + orderStatus
                        + "\",\"outcome\":\"" + outcome + "\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_report_of_an_order_that_does_not_exist_yet_is_accepted() {
        service.fakes.recordPayment = payment -> new PaymentOutcome.Recorded(RecordedPayment.kept(payment));
        Answer first = service.post(WEBHOOK, REPORT);
        service.fakes.recordPayment = payment -> new PaymentOutcome.AlreadyRecorded(RecordedPayment.kept(payment));
        Answer again = service.post(WEBHOOK, REPORT);

        assertThat(first.status()).isEqualTo(202);
        assertThat(first.body()).isEqualTo("{\"transaction_id\":\"tx-1\",\"order_id\":1,\"outcome\":\"kept\"}");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void another_report_under_the_same_transaction_is_a_conflict() {
        service.fakes.recordPayment = payment -> new PaymentOutcome.Conflict(RecordedPayment.kept(payment), payment);

        Problems.assertProblem(service.post(WEBHOOK, REPORT), 409, "transaction_conflict", false);
    }

    @Test
    void a_report_is_taken_as_it_is() {
        TransactionId id = new TransactionId("tx-1");
        OrderId order = new OrderId(7);

        assertThat(taken("{\"order_id\":7,\"status\":\"failed\",\"transaction_id\":\"tx-1\"}"))
                .isEqualTo(Payment.of(id, order, PaymentStatus.FAILED));
        assertThat(taken("{\"order_id\":7,\"status\":\"failed\",\"transaction_id\":\"tx-1\","
                        + "\"amount\":null,\"currency\":null}"))
                .isEqualTo(Payment.of(id, order, PaymentStatus.FAILED));
        assertThat(taken("{\"currency\":\"EUR\",\"amount\":\"10.5\",\"order_id\":7,\"status\":\"success\","
                        + "\"transaction_id\":\"tx-1\",\"unknown\":{\"amount\":[1]}}"))
                .isEqualTo(new Payment(
                        id, order, PaymentStatus.SUCCESS, new BigDecimal("10.50"), Currency.getInstance("EUR")));
    }

    @ParameterizedTest
    @CsvSource({
        "failed,,FAILED",
        "failed,true,FAILED",
        "failed,false,DECLINED",
        "declined,,DECLINED",
        "canceled,,FAILED",
        "pending,,PROCESSING",
        "processing,,PROCESSING",
        "requires_action,,PROCESSING"
    })
    void what_is_not_a_success_ends_an_order_or_lets_it_wait(String word, String isFinal, PaymentStatus status) {
        assertThat(taken("{\"order_id\":7,\"status\":\"" + word + "\",\"transaction_id\":\"tx-1\",\"final\":" + isFinal
                                + "}")
                        .status())
                .isEqualTo(status);
    }

    @Test
    void an_order_is_named_by_its_reference_or_by_both_at_either_place() {
        String rest = "\"status\":\"success\",\"transaction_id\":\"tx-1\"}";
        String reference = Fakes.HOLD_ID.toString();
        Payment ofNumber = Payment.of(new TransactionId("tx-1"), new OrderId(7), PaymentStatus.SUCCESS);
        Payment ofBoth = ofNumber.ofHold(Fakes.HOLD_ID);
        service.fakes.orderOf = hold -> hold.equals(Fakes.HOLD_ID) ? Optional.of(new OrderId(7)) : Optional.empty();

        assertThat(taken("{\"order_reference\":\"" + reference + "\"," + rest)).isEqualTo(ofBoth);
        assertThat(taken("{\"metadata\":{\"flashsale_order\":\"" + reference + "\"}," + rest))
                .isEqualTo(ofBoth);
        assertThat(taken("{\"metadata\":{\"flashsale_order\":\"7\"}," + rest)).isEqualTo(ofNumber);
        service.fakes.orderOf = hold -> {
            throw new AssertionError("a number need not be looked for");
        };
        assertThat(taken("{\"order_id\":7,\"order_reference\":\"" + reference + "\"," + rest))
                .isEqualTo(ofBoth);
    }

    @Test
    void a_report_of_a_reference_that_no_order_has_is_listed_for_operators() {
        List<ConflictingReport> listed = new ArrayList<>();
        service.fakes.orderOf = hold -> Optional.empty();
        service.fakes.listConflict = listed::add;
        String report = "{\"order_reference\":\"" + Fakes.HOLD_ID
                + "\",\"status\":\"success\",\"transaction_id\":\"tx-1\",\"amount\":\"10\",\"currency\":\"EUR\"}";

        Problems.assertProblem(service.post(WEBHOOK, report), 404, "unknown_order", false);

        assertThat(listed)
                .containsExactly(new ConflictingReport(
                        ReportId.ofSuccess(new TransactionId("tx-1")),
                        null,
                        Fakes.HOLD_ID,
                        BigDecimal.TEN,
                        Currency.getInstance("EUR"),
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "order_id                | \"status\":\"success\"",
                "order_reference         | \"status\":\"success\",\"order_reference\":\"7\"",
                "order_reference         | \"status\":\"success\",\"order_id\":7,\"order_reference\":7",
                "metadata                | \"status\":\"success\",\"metadata\":\"7\"",
                "metadata                | \"status\":\"success\",\"metadata\":[{\"flashsale_order\":\"7\"}]",
                "metadata.flashsale_order | \"status\":\"success\",\"metadata\":{\"flashsale_order\":7}",
                "metadata.flashsale_order | \"status\":\"success\",\"metadata\":{\"flashsale_order\":\"07\"}",
                "metadata.flashsale_order | \"status\":\"success\",\"order_id\":7,\"metadata\":{\"flashsale_order\":\"8\"}",
                "final                   | \"status\":\"failed\",\"order_id\":7,\"final\":\"yes\"",
                "status                  | \"status\":\"authorized\",\"order_id\":7"
            })
    void what_names_no_order_or_no_known_status_is_refused(String field, String members) {
        Answer answer = service.post(WEBHOOK, "{\"transaction_id\":\"tx-1\"," + members + "}");

        Problems.assertProblemWithField(answer, 422, "invalid_field", field);
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_refund_says_what_it_gives_back_and_whether_the_pieces_return() {
        TransactionId id = new TransactionId("rf-1");
        OrderId order = new OrderId(7);
        String refund = "{\"order_id\":7,\"status\":\"refunded\",\"transaction_id\":\"rf-1\"";

        assertThat(taken(refund + "}")).isEqualTo(Payment.of(id, order, PaymentStatus.REFUNDED));
        assertThat(taken(refund + ",\"restock\":true,\"payment_transaction_id\":\"tx-1\"}"))
                .isEqualTo(new Payment(id, order, PaymentStatus.REFUNDED, null, null, new TransactionId("tx-1"), true));
        assertThat(taken("{\"order_id\":7,\"status\":\"failed\",\"transaction_id\":\"rf-1\",\"restock\":true}"))
                .isEqualTo(Payment.of(id, order, PaymentStatus.FAILED));
    }

    @ParameterizedTest
    @CsvSource({"restock,1", "restock,'\"true\"'", "payment_transaction_id,1", "payment_transaction_id,'\"a b\"'"})
    void a_refund_of_another_shape_is_refused(String field, String value) {
        String refund =
                "{\"order_id\":7,\"status\":\"refunded\",\"transaction_id\":\"rf-1\",\"" + field + "\":" + value + "}";

        Problems.assertProblemWithField(service.post(WEBHOOK, refund), 422, "invalid_field", field);
    }

    @Test
    void a_refund_before_its_payment_is_to_be_reported_again() {
        service.fakes.recordPayment = PaymentOutcome.NothingToRefund::new;

        Problems.assertProblem(service.post(WEBHOOK, REPORT), 409, "nothing_to_refund", true);
    }

    private Payment taken(String body) {
        AtomicReference<Payment> taken = new AtomicReference<>();
        service.fakes.recordPayment = payment -> {
            taken.set(payment);
            return new PaymentOutcome.Recorded(RecordedPayment.kept(payment));
        };
        assertThat(service.post(WEBHOOK, body).status()).isEqualTo(202);
        return taken.get();
    }
}
