package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.adapter.rest.webhook.Gateways;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook of a server that has a secret: the one of docs/webhooks.md, so that the page's examples work on it. */
class SignedWebhookTest {

    private static final String PAGE = page();
    private static final String SECRET = onPage("secret=(whsec_\\S+)");
    private static final String WEBHOOK = "/api/payments/webhook";
    private static final String REPORT =
            "{\"order_id\":1,\"status\":\"success\",\"transaction_id\":\"tx-1\",\"unknown\":\"é\"}";

    @RegisterExtension
    private final Service service = new Service(TestSettings.builder()
            .webhooks(new WebhookSettings(WebhookScheme.STANDARD_WEBHOOKS, List.of(SECRET), false))
            .build());

    @BeforeEach
    void keepEveryPayment() {
        service.fakes.recordPayment = payment -> new PaymentOutcome.Recorded(RecordedPayment.kept(payment));
    }

    @Test
    void a_signed_report_is_taken() {
        assertThat(send(REPORT, signed(REPORT)).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "{\"order_id\":1}", "\u0000"})
    void the_body_is_not_looked_at_before_its_signature_is_right(String body) {
        Answer unsigned = service.post(WEBHOOK, body);
        Answer ofNoType = service.send("POST", WEBHOOK, body);
        Answer forged = send(body, signed(REPORT));

        assertUnauthorized(unsigned, "The header webhook-id is missing.");
        assertUnauthorized(ofNoType, "The header webhook-id is missing.");
        assertUnauthorized(forged, "No signature was made");
        assertThat(service.fakes.calls).hasValue(0);
    }

    @Test
    void a_signed_body_is_held_to_the_same_rules_as_any_other() {
        Problems.assertProblem(send("{", signed("{")), 400, "malformed_json", false);
        Problems.assertProblem(send("", signed("")), 400, "malformed_json", false);
        Problems.assertProblemWithField(send("{}", signed("{}")), 422, "invalid_field", "transaction_id");
    }

    @Test
    void an_old_report_and_one_from_the_future_are_refused() {
        Map<String, String> signed = signed(REPORT);

        service.now = service.now.plusSeconds(301);
        assertUnauthorized(send(REPORT, signed), "too old");
        service.now = service.now.minusSeconds(602);
        assertUnauthorized(send(REPORT, signed), "too new");
    }

    @Test
    void neither_an_answer_nor_the_log_tells_what_would_be_right() throws IOException {
        String body = REPORT + " ";
        String right = signed(body).get("webhook-signature").substring("v1,".length());

        Answer refused = send(body, signed(REPORT));

        String secret = SECRET.substring("whsec_".length());
        assertThat(refused.body() + refused.headers().map()).doesNotContain(right, secret);
        assertThat(Files.readString(Path.of("target", "tests.log"))).doesNotContain(right, secret);
    }

    @Test
    void the_worked_example_of_the_page_is_right() {
        String timestamp = onPage("`webhook-timestamp: (\\d+)`");
        service.now = Instant.ofEpochSecond(Long.parseLong(timestamp));
        Map<String, String> headers = Map.of(
                "webhook-id", onPage("`webhook-id: (\\w+)`"),
                "webhook-timestamp", timestamp,
                "webhook-signature", onPage("`webhook-signature: (v1,[^`]+=)`"));

        Answer answer = send(onPage("the body\n`([^`]+)`"), headers);

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void the_script_of_the_page_works_as_it_stands() throws Exception {
        assumeTrue(runs("openssl version && curl --version && base64 --version"), "it needs bash, openssl and curl");
        String script = "order=1; json='Content-Type: application/json'; "
                + onPage("(?s)```sh\n(secret=.*?)```").replace("localhost:8080", "127.0.0.1:" + service.port());
        service.now = Instant.now();

        assertThat(output(script))
                .isEqualToIgnoringNewLines("{\"transaction_id\":\"tx-1\",\"order_id\":1,\"outcome\":\"kept\"}");
    }

    @Test
    void the_script_of_the_page_for_stripe_signs_as_stripe_does() throws Exception {
        assumeTrue(runs("openssl version"), "it needs bash and openssl");
        String given = "secret=" + SECRET + "; timestamp=1700000000; body='" + REPORT + "'; ";
        String sign = onPage("```sh\n(signature=.*?)\n");

        String signature = output(given + sign + "; printf %s $signature");

        assertThat(Gateways.stripe(1_700_000_000, REPORT, SECRET).get("Stripe-Signature"))
                .contains(",v1=" + signature + ",");
    }

    @Test
    void the_page_has_every_code_that_a_webhook_can_be_answered_with() {
        assertThat(PAGE)
                .contains("`bad_signature`", "`transaction_conflict`", "`malformed_json`", "`invalid_field`", "`busy`")
                .contains("`unsupported_media_type`", "`body_too_large`", "`internal_error`");
    }

    private Map<String, String> signed(String body) {
        return Gateways.standard("msg_1", service.now.getEpochSecond(), body, SECRET);
    }

    private Answer send(String body, Map<String, String> headers) {
        return service.send("POST", WEBHOOK, body, Gateways.flat(headers));
    }

    private static void assertUnauthorized(Answer answer, String detail) {
        Problems.assertProblem(answer, 401, "bad_signature", false);
        assertThat(answer.header("www-authenticate")).isEqualTo("Signature");
        assertThat(answer.json().get("detail").asString()).contains(detail);
    }

    private static String output(String script) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", script).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean runs(String command) throws InterruptedException {
        try {
            return new ProcessBuilder("bash", "-c", command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noBash) {
            return false;
        }
    }

    private static String onPage(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(PAGE);
        assertThat(matcher.find()).as("docs/webhooks.md has %s", pattern).isTrue();
        return matcher.group(1);
    }

    private static String page() {
        try {
            return Files.readString(Path.of("../docs/webhooks.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
