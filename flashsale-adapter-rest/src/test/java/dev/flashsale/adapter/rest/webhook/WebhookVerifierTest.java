package dev.flashsale.adapter.rest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.rest.WebhookScheme;
import dev.flashsale.adapter.rest.WebhookSettings;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.Refused;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {

    static final long NOW = 1_614_265_330;
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    static final String BODY = "{\"order_id\":1,\"status\":\"success\",\"transaction_id\":\"tx-1\"}";
    private static final byte[] BYTES = BODY.getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void what_was_signed_with_the_secret_passes(WebhookScheme scheme) {
        verifier(scheme, NOW, SECRET).verify(Gateways.headers(signed(scheme, SECRET)), BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void a_body_in_which_any_byte_is_changed_is_refused(WebhookScheme scheme) {
        Headers headers = Gateways.headers(signed(scheme, SECRET));
        WebhookVerifier verifier = verifier(scheme, NOW, SECRET);
        for (int at = 0; at < BYTES.length; at++) {
            byte[] changed = BYTES.clone();
            changed[at] ^= 1;
            assertRefused(() -> verifier.verify(headers, changed), "over this very body");
        }
        assertRefused(() -> verifier.verify(headers, (BODY + " ").getBytes(UTF_8)), "over this very body");
        assertRefused(() -> verifier.verify(headers, new byte[0]), "over this very body");
    }

    @ParameterizedTest
    @EnumSource
    void another_secret_is_refused(WebhookScheme scheme) {
        refuse(scheme, signed(scheme, OTHER), "No signature was made with a secret of this server");
    }

    @ParameterizedTest
    @EnumSource
    void while_a_secret_is_rotated_either_side_may_have_both(WebhookScheme scheme) {
        Headers old = Gateways.headers(signed(scheme, OTHER));
        Headers both = Gateways.headers(signed(scheme, OTHER, SECRET));

        assertThatCode(() -> {
                    verifier(scheme, NOW, SECRET, OTHER).verify(old, BYTES);
                    verifier(scheme, NOW, OTHER, SECRET).verify(old, BYTES);
                    verifier(scheme, NOW, SECRET).verify(both, BYTES);
                    verifier(scheme, NOW, OTHER).verify(both, BYTES);
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource
    void five_minutes_off_is_right_and_a_second_more_is_not(WebhookScheme scheme) {
        Headers headers = Gateways.headers(signed(scheme, SECRET));

        verifier(scheme, NOW + 300, SECRET).verify(headers, BYTES);
        verifier(scheme, NOW - 300, SECRET).verify(headers, BYTES);
        assertRefused(() -> verifier(scheme, NOW + 301, SECRET).verify(headers, BYTES), "too old");
        assertRefused(() -> verifier(scheme, NOW - 301, SECRET).verify(headers, BYTES), "too new");
    }

    @ParameterizedTest
    @EnumSource
    void the_time_is_signed_too(WebhookScheme scheme) {
        Map<String, String> headers = new HashMap<>(signed(scheme, SECRET));
        headers.replaceAll((name, value) -> value.replace("" + NOW, "" + (NOW + 1)));

        refuse(scheme, headers, "over this very body");
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD_WEBHOOKS, webhook-id",
        "STANDARD_WEBHOOKS, webhook-timestamp",
        "STANDARD_WEBHOOKS, webhook-signature",
        "STRIPE, Stripe-Signature"
    })
    void a_missing_empty_or_repeated_header_is_named(WebhookScheme scheme, String name) {
        Map<String, String> missing = new HashMap<>(signed(scheme, SECRET));
        missing.remove(name);
        Map<String, String> empty = new HashMap<>(signed(scheme, SECRET));
        empty.put(name, " ");
        WritableHeaders<?> twice = WritableHeaders.create(Gateways.headers(signed(scheme, SECRET)));
        twice.add(HeaderNames.create(name), "1");
        String shown = "header " + name.toLowerCase(Locale.ROOT);

        refuse(scheme, missing, shown + " is missing");
        refuse(scheme, empty, shown + " is missing");
        assertRefused(() -> verifier(scheme, NOW, SECRET).verify(twice, BYTES), shown + " is there more than once");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1614265330", "+1614265330", "1614265330.0", "0x60", "now", "99999999999999999999", "١٦١٤"})
    void a_timestamp_that_is_none_is_named(String timestamp) {
        Map<String, String> standard = new HashMap<>(signed(WebhookScheme.STANDARD_WEBHOOKS, SECRET));
        standard.put("webhook-timestamp", timestamp);
        Map<String, String> stripe = Map.of("Stripe-Signature", "t=" + timestamp + ",v1=00");

        refuse(WebhookScheme.STANDARD_WEBHOOKS, standard, "webhook-timestamp must be whole seconds");
        refuse(WebhookScheme.STRIPE, stripe, "t= in the header stripe-signature must be whole seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v1=abc", "v1a,abc", "V1,abc", ",", " ", "v2,abc v1a,abc"})
    void a_standard_webhook_without_a_signature_of_the_version_is_refused(String signature) {
        Map<String, String> headers = new HashMap<>(signed(WebhookScheme.STANDARD_WEBHOOKS, SECRET));
        headers.put("webhook-signature", signature);

        refuse(WebhookScheme.STANDARD_WEBHOOKS, headers, "webhook-signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t=1614265330", "v1=00", "t=1614265330,v0=00", "t=1,t=2,v1=00", "t,v1", ",,,", "==="})
    void a_stripe_webhook_without_time_or_signature_is_refused(String header) {
        refuse(WebhookScheme.STRIPE, Map.of("Stripe-Signature", header), "stripe-signature");
    }

    @Test
    void a_right_signature_among_wrong_and_foreign_ones_is_found() {
        Map<String, String> headers = new HashMap<>(signed(WebhookScheme.STANDARD_WEBHOOKS, SECRET));
        headers.compute("webhook-signature", (name, right) -> "v1a,AAAA v1, v1,????  " + right + " v2,BBBB");

        verifier(WebhookScheme.STANDARD_WEBHOOKS, NOW, SECRET).verify(Gateways.headers(headers), BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "STANDARD_WEBHOOKS, whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, true",
        "STANDARD_WEBHOOKS, MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, false",
        "STANDARD_WEBHOOKS, whsec_, false",
        "STANDARD_WEBHOOKS, whsec_MfKQ9r8GKYqrTwjUPD8ILPZI, false",
        "STANDARD_WEBHOOKS, whsec_not-base64-not-base64-not-base64, false",
        "STRIPE, whsec_not-base64, true",
        "STRIPE, short, false"
    })
    void a_secret_that_cannot_be_one_is_not_taken(WebhookScheme scheme, String secret, boolean taken) {
        assertThat(scheme.takes(secret)).isEqualTo(taken);
        assertThat(scheme.takes("whsec_" + "A".repeat(2 * WebhookSignature.MAX_SECRET_LENGTH)))
                .isFalse();
    }

    @Test
    void without_a_secret_nothing_is_believed_unless_everything_is() {
        WebhookVerifier nothing = new WebhookVerifier(WebhookSettings.defaults(), Instant::now);
        WebhookVerifier everything =
                new WebhookVerifier(new WebhookSettings(WebhookScheme.STRIPE, List.of(), true), Instant::now);
        Headers signed = Gateways.headers(signed(WebhookScheme.STANDARD_WEBHOOKS, SECRET));

        assertRefused(() -> nothing.verify(signed, BYTES), "flashsale.webhook.secret");
        everything.verify(Gateways.headers(Map.of()), BYTES);
    }

    @Test
    void a_secret_counts_even_where_unsigned_ones_would_be_accepted() {
        WebhookSettings settings = new WebhookSettings(WebhookScheme.STRIPE, List.of(SECRET), true);
        WebhookVerifier verifier = new WebhookVerifier(settings, Instant::now);

        assertThat(settings.verified()).isTrue();
        assertRefused(() -> verifier.verify(Gateways.headers(Map.of()), BYTES), "missing");
    }

    static Map<String, String> signed(WebhookScheme scheme, String... secrets) {
        return switch (scheme) {
            case STANDARD_WEBHOOKS -> Gateways.standard("msg_1", NOW, BODY, secrets);
            case STRIPE -> Gateways.stripe(NOW, BODY, secrets);
        };
    }

    static WebhookVerifier verifier(WebhookScheme scheme, long now, String... secrets) {
        return new WebhookVerifier(
                new WebhookSettings(scheme, List.of(secrets), false), () -> Instant.ofEpochSecond(now));
    }

    private static void refuse(WebhookScheme scheme, Map<String, String> headers, String detail) {
        assertRefused(() -> verifier(scheme, NOW, SECRET).verify(Gateways.headers(headers), BYTES), detail);
    }

    private static void assertRefused(ThrowingCallable call, String detail) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.document().problem()).isEqualTo(Problem.BAD_SIGNATURE);
            assertThat(refused.document().detail()).contains(detail);
        });
    }
}
