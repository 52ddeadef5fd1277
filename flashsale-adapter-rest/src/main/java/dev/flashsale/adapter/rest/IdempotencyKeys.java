package dev.flashsale.adapter.rest;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header-07): a string as of RFC 9651, in quotation
 * marks, or the same without them, as many clients send it, if it has neither spaces nor any of {@code ",;\}.
 */
final class IdempotencyKeys {

    private static final String FIELD = "idempotency-key";
    private static final HeaderName NAME = HeaderNames.create("Idempotency-Key");
    private static final Header REPLAYED = HeaderValues.createCached("Idempotent-Replayed", "true");

    private static final Pattern BARE = Pattern.compile("[!-~&&[^\",;\\\\]]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ -~&&[^\"\\\\]]|\\\\[\"\\\\])+)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /** Every character may be escaped. */
    private static final int MAX_LENGTH = 2 * IdempotencyKey.MAX_LENGTH + 2;

    private IdempotencyKeys() {}

    /** The request's key, if it has one; {@link Refused} if what it has is none. */
    static Optional<IdempotencyKey> of(ServerRequest request) {
        List<String> values = request.headers().all(NAME, List::of);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw JsonBody.invalid(FIELD, "The header Idempotency-Key must not be sent more than once.");
        }
        try {
            return Optional.of(new IdempotencyKey(text(values.get(0).strip())));
        } catch (IllegalArgumentException notAKey) {
            throw JsonBody.invalid(
                    FIELD,
                    "The header Idempotency-Key must be 1 to " + IdempotencyKey.MAX_LENGTH
                            + " printable ASCII characters in quotation marks, or without them and without spaces,"
                            + " commas and semicolons.");
        }
    }

    private static String text(String value) {
        if (value.length() <= MAX_LENGTH) {
            Matcher quoted = QUOTED.matcher(value);
            if (quoted.matches()) {
                return ESCAPED.matcher(quoted.group(1)).replaceAll("$1");
            }
            if (BARE.matcher(value).matches()) {
                return value;
            }
        }
        throw new IllegalArgumentException("neither a string nor a word");
    }

    /** Sends the answer to the outcome, or the refusal of the key. */
    static <A> void reply(ServerRequest request, ServerResponse response, KeyedOutcome<A> keyed, Consumer<A> answer) {
        switch (keyed) {
            case KeyedOutcome.First<A> first -> answer.accept(first.outcome());
            case KeyedOutcome.Replayed<A> again -> {
                response.header(REPLAYED);
                answer.accept(again.outcome());
            }
            case KeyedOutcome.KeyReused<A> reused ->
                Reply.problem(
                        request,
                        response,
                        ProblemDocument.blaming(
                                FIELD,
                                Problem.IDEMPOTENCY_KEY_REUSED,
                                "Another request was sent under this key before."));
        }
    }
}
