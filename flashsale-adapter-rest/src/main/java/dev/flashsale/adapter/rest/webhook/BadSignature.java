package dev.flashsale.adapter.rest.webhook;

import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Refused;
import io.helidon.http.HeaderName;
import io.helidon.http.Headers;
import java.util.List;

/** Refuses a webhook that is not known to be the gateway's, and reads what it says of itself strictly. */
final class BadSignature {

    /** More would not be a time that anybody means, and might not fit. */
    private static final int MAX_DIGITS = 15;

    private BadSignature() {}

    static Refused because(String detail) {
        return new Refused(ProblemDocument.of(Problem.BAD_SIGNATURE, detail));
    }

    static String requireOne(Headers headers, HeaderName name) {
        List<String> values = headers.all(name, List::of);
        if (values.isEmpty() || values.getFirst().isBlank()) {
            throw because("The header " + name.lowerCase() + " is missing.");
        }
        if (values.size() > 1) {
            throw because("The header " + name.lowerCase() + " is there more than once.");
        }
        return values.getFirst();
    }

    /** Whole seconds since 1970. */
    static long requireEpochSecond(String what, String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) {
            throw because(what + " must be whole seconds since 1970.");
        }
        return Long.parseLong(text);
    }
}
