package dev.flashsale.adapter.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Answers that a client may keep as long as it asks each time whether they still hold: by an ETag of the body. */
public final class Revalidation {

    private static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final int ETAG_BYTES = 12;

    private Revalidation() {}

    public static Answer answer(Request request, Header contentType, byte[] body) {
        return answer(request, contentType, body, etag(body));
    }

    /** With the {@link #etag} of the body, where it is known before. */
    public static Answer answer(Request request, Header contentType, byte[] body, String etag) {
        Header header = HeaderValues.create(HeaderNames.ETAG, etag);
        return isKnown(etag, request)
                ? new Answer(Status.NOT_MODIFIED_304, List.of(header, NO_CACHE), Answer.NOTHING)
                : new Answer(Status.OK_200, List.of(header, NO_CACHE, contentType), body);
    }

    /** What changes with the body. */
    public static String etag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ETAG_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isKnown(String etag, Request request) {
        List<String> known = request.headers().values(HeaderNames.IF_NONE_MATCH);
        return known.stream()
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
}
