package dev.flashsale.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.adapter.rest.Service.Answer;
import dev.flashsale.application.port.WebhookSender;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointSecret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where events are sent to, as operators set it up. */
class EndpointsTest {

    private static final String ALL = "/api/webhook-endpoints";
    private static final String NEW = "{\"url\":\"https://192.0.43.8/hook\",\"kinds\":[\"order.*\"]}";
    private static final String REASON = "{\"reason\":\"because\"}";
    private static final Pattern SECRET = Pattern.compile("\"secret\":\"(whsec_[^\"]+)\"");

    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern EVENT = Pattern.compile("\"event_id\":\"([^\"]+)\"");

    @RegisterExtension
    private final Service service = new Service();

    private Answer get(String path) {
        return service.get(path, "Authorization", "Bearer " + Service.TOKEN);
    }

    private Answer send(String method, String path, String body) {
        return service.send(
                method, path, body, "Authorization", "Bearer " + Service.TOKEN, "Content-Type", "application/json");
    }

    private static String secret(Answer answer) {
        Matcher matcher = SECRET.matcher(answer.body());
        assertThat(matcher.find()).as(answer.body()).isTrue();
        return matcher.group(1);
    }

    @Test
    void one_is_made_and_shows_its_secret_once() {
        Answer made = send("POST", ALL, NEW);

        assertThat(made.status()).isEqualTo(201);
        assertThat(secret(made)).hasSizeGreaterThan(38);
        service.fakes.listOperatorLog = service.fakes.sale.lists()::operatorLog;
        Answer listed = get(ALL);
        assertThat(listed.body())
                .contains("\"id\":1,\"url\":\"https://192.0.43.8/hook\"")
                .contains("\"order.placed\"")
                .contains("\"enabled\":true", "\"waiting\":0}")
                .doesNotContain("whsec_");
        assertThat(get("/api/operator-log").body())
                .contains("\"action\":\"endpoint_created\"", "\"endpoint_id\":1")
                .doesNotContain("whsec_");
    }

    @Test
    void it_is_changed_disabled_enabled_and_deleted() {
        assertThat(send("POST", ALL, NEW).status()).isEqualTo(201);

        Answer changed = send("PATCH", ALL + "/1", "{\"kinds\":[\"stock.sold_out\"],\"reason\":\"fewer\"}");
        Answer disabled = send("PATCH", ALL + "/1", "{\"enabled\":false,\"reason\":\"they move\"}");
        Answer enabled = send("PATCH", ALL + "/1", "{\"enabled\":true,\"reason\":\"they are back\"}");

        assertThat(changed.body()).contains("\"kinds\":[\"stock.sold_out\"]");
        assertThat(disabled.body()).contains("\"enabled\":false,\"disabled_why\":\"they move\"");
        assertThat(enabled.body()).contains("\"enabled\":true").doesNotContain("disabled_why");
        assertThat(send("DELETE", ALL + "/1", REASON).status()).isEqualTo(200);
        Problems.assertProblem(send("DELETE", ALL + "/1", REASON), 404, "unknown_endpoint", false);
        assertThat(get(ALL).body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void a_new_secret_is_another_one() {
        String first = secret(send("POST", ALL, NEW));

        assertThat(secret(send("POST", ALL + "/1/secret", REASON))).isNotEqualTo(first);
    }

    @Test
    void deliveries_are_listed_by_the_page_and_sent_again() {
        assertThat(send("POST", ALL, NEW).status()).isEqualTo(201);
        service.fakes.sale.events().refresh();
        for (int i = 1; i <= 3; i++) {
            Given given = Given.in(service.fakes.sale);
            assertThat(service.fakes.sale.orders().place(given.held(given.productOnSale(1), 1)))
                    .isInstanceOf(OrderOutcome.Placed.class);
        }
        assertThat(service.fakes.sale.webhooks().sendNow(new Unwell(), "node-1"))
                .isZero();
        assertThat(get(ALL).body()).contains("\"waiting\":3}");

        Answer first = get(ALL + "/1/deliveries?limit=2");
        Matcher next = NEXT.matcher(first.body());
        assertThat(next.find()).as(first.body()).isTrue();
        Answer second = get(ALL + "/1/deliveries?limit=2&after=" + next.group(1));

        assertThat(first.body())
                .contains("\"kind\":\"order.placed\"", "\"status\":\"failed\"", "\"attempts\":1", "\"http_status\":503")
                .contains("\"answer\":\"no \\\"room\\\"\"", "\"took_ms\":41");
        assertThat(second.body()).endsWith("\"next\":null}");
        Matcher event = EVENT.matcher(second.body());
        assertThat(event.find()).as(second.body()).isTrue();
        String again = ALL + "/1/deliveries/again";
        assertThat(send("POST", again, "{\"event_id\":\"" + event.group(1) + "\",\"reason\":\"lost\"}")
                        .status())
                .isEqualTo(200);
        assertThat(get(ALL + "/1/deliveries").body()).contains("\"status\":\"again\"");
        Problems.assertProblem(
                send("POST", again, "{\"event_id\":\"9-9\",\"reason\":\"lost\"}"), 404, "unknown_event", false);
    }

    /** Takes nothing. */
    private static final class Unwell implements WebhookSender {

        @Override
        public Optional<String> refusal(URI url) {
            return Optional.empty();
        }

        @Override
        public Attempt send(URI url, List<EndpointSecret> secrets, KeptEvent event) {
            return new Attempt(503, "no \"room\"", null, Duration.ofMillis(41));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kinds':['*']} | url is missing.",
                "{'url':'https://192.0.43.8'} | kinds is missing.",
                "{'url':'https://192.0.43.8','kinds':[]} | kinds must name one kind at least; * is all.",
                "{'url':'https://192.0.43.8','kinds':['order.eaten']} | kinds has no kind of event: order.eaten",
                "{'url':'http://192.0.43.8','kinds':['*']} | url is refused: it must begin with https://",
                "{'url':'https://a b','kinds':['*']} | url must be a URL",
                "{'url':'https://127.0.0.1','kinds':['*']} | url is refused: ",
                "{'url':'https://169.254.169.254/latest','kinds':['*']} | url is refused: ",
                "{'url':'https://[::1]','kinds':['*']} | url is refused: ",
                "{'url':'https://no-such-name.invalid','kinds':['*']} | url is refused: ",
                "{'url':'https://192.0.43.8','kinds':['*'],'secret':'mine'} | secret"
            })
    void what_cannot_be_is_refused_and_says_why(String body, String expected) {
        Answer answer = send("POST", ALL, body.replace('\'', '"'));

        Problems.assertProblem(answer, 422, "invalid_field", false);
        assertThat(answer.body()).contains(expected);
        assertThat(get(ALL).body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void there_are_no_more_than_a_hundred() {
        for (int i = 0; i < Endpoint.MOST; i++) {
            assertThat(send("POST", ALL, NEW).status()).isEqualTo(201);
        }

        Problems.assertProblem(send("POST", ALL, NEW), 409, "too_many_endpoints", false);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/webhook-endpoints",
        "POST,/api/webhook-endpoints",
        "PATCH,/api/webhook-endpoints/1",
        "DELETE,/api/webhook-endpoints/1",
        "POST,/api/webhook-endpoints/1/secret",
        "GET,/api/webhook-endpoints/1/deliveries",
        "POST,/api/webhook-endpoints/1/deliveries/again"
    })
    void nobody_but_an_operator_sees_or_changes_any(String method, String path) {
        Problems.assertProblem(
                service.send(method, path, method.equals("GET") ? null : REASON, "Content-Type", "application/json"),
                401,
                "operator_token_required",
                false);
    }

    @Test
    void what_does_not_exist_is_unknown() {
        Problems.assertProblem(send("PATCH", ALL + "/7", REASON), 404, "unknown_endpoint", false);
        Problems.assertProblem(send("POST", ALL + "/x/secret", REASON), 404, "unknown_endpoint", false);
        Problems.assertProblem(get(ALL + "/7/deliveries"), 404, "unknown_endpoint", false);
    }
}
