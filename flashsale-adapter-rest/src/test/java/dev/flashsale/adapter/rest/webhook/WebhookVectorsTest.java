package dev.flashsale.adapter.rest.webhook;

import static dev.flashsale.adapter.rest.webhook.WebhookVerifierTest.BODY;
import static dev.flashsale.adapter.rest.webhook.WebhookVerifierTest.NOW;
import static dev.flashsale.adapter.rest.webhook.WebhookVerifierTest.OTHER;
import static dev.flashsale.adapter.rest.webhook.WebhookVerifierTest.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.standardwebhooks.Webhook;
import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.adapter.rest.http.Refused;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others sign passes, and nothing that chance makes. {@code -Dflashsale.seed=…} plays a failure again. */
class WebhookVectorsTest {

    private static final long SEED = Long.getLong("flashsale.seed", System.nanoTime());

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void the_vector_of_standard_webhooks_is_right() throws Exception {
        // given the one that its own libraries are tested with
        String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        String body = "{\"test\": 2432232314}";
        String signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        Map<String, String> headers = new HashMap<>(Gateways.standard(id, NOW, body, SECRET));

        // then
        assertThat(new Webhook(SECRET).sign(id, NOW, body)).isEqualTo(signature);
        assertThat(headers).containsEntry("webhook-signature", signature);
        verify(WebhookScheme.STANDARD_WEBHOOKS, NOW, SECRET, headers, body);
    }

    @Test
    void the_vector_of_stripe_is_right() {
        // given: printf %s "1614265330.$BODY" | openssl dgst -sha256 -hmac "$SECRET"
        String signature = "d72799eaf22494bdb19853e37996799d9de559a2a07af596c73706a563292ac8";

        // then
        assertThat(Gateways.stripe(NOW, BODY, SECRET).get("Stripe-Signature")).contains(",v1=" + signature + ",");
        verify(WebhookScheme.STRIPE, NOW, SECRET, Map.of("Stripe-Signature", "t=" + NOW + ",v1=" + signature), BODY);
    }

    @Test
    void the_library_of_standard_webhooks_agrees() throws Exception {
        for (int round = 0; round < 200; round++) {
            // given
            byte[] key = new byte[24 + random.nextInt(41)];
            random.nextBytes(key);
            String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
            String id = "msg_" + Long.toString(random.nextLong(Long.MAX_VALUE), 36);
            String body = text(200);
            long now = Instant.now().getEpochSecond();
            Webhook library = new Webhook(secret);

            // when
            Map<String, List<String>> ours = new HashMap<>();
            Gateways.standard(id, now, body, secret).forEach((name, value) -> ours.put(name, List.of(value)));
            Map<String, String> theirs = new HashMap<>(Gateways.standard(id, now, body));
            theirs.put("webhook-signature", library.sign(id, now, body));

            // then
            assertThatCode(() -> {
                        library.verify(body, ours);
                        verify(WebhookScheme.STANDARD_WEBHOOKS, now, secret, theirs, body);
                    })
                    .as("seed %s", SEED)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void headers_made_by_chance_are_refused_and_nothing_else_happens(WebhookScheme scheme) {
        for (int round = 0; round < 20_000; round++) {
            // given
            Map<String, String> headers = new HashMap<>(WebhookVerifierTest.signed(scheme, OTHER));
            headers.replaceAll((name, value) -> random.nextBoolean() ? mutated(value) : text(40));

            // when
            Throwable thrown = catchThrowable(() -> verify(scheme, NOW, SECRET, headers, BODY));

            // then
            assertThat(thrown).as("seed %s, headers %s", SEED, headers).isInstanceOf(Refused.class);
        }
    }

    private static void verify(
            WebhookScheme scheme, long now, String secret, Map<String, String> headers, String body) {
        WebhookVerifierTest.verifier(scheme, now, secret).verify(Gateways.headers(headers), body.getBytes(UTF_8));
    }

    private String mutated(String value) {
        int at = random.nextInt(value.length());
        return value.substring(0, at) + text(3) + value.substring(at);
    }

    private String text(int maxLength) {
        String alphabet = "v1,t= .=+/abcXYZ0123456789é€{}\"_-\t\0";
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(maxLength + 1); left > 0; left--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
