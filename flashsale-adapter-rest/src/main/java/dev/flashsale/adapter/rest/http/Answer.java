package dev.flashsale.adapter.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered, as a value: {@link Endpoint} alone sends it, and knows what a HEAD request gets of it.
 *
 * @param headers beside those that every answer to the request has
 * @param body nobody changes it; empty where the status has none
 * @param streamed the body instead, where it is written as it comes about
 */
@SuppressWarnings("ArrayRecordComponent") // No answer is compared with another, and a copy would cost each of them.
public record Answer(
        Status status,
        List<Header> headers,
        byte[] body,
        @Nullable Streamed streamed) {

    public static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    public static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    static final Header PROBLEM_JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    static final byte[] NOTHING = {};

    private static final Header BEARER = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    private static final Header SIGNATURE = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Signature");
    private static final List<Header> OF_JSON = List.of(NO_STORE, JSON);
    private static final List<Header> OF_A_PROBLEM = List.of(PROBLEM_JSON, NO_STORE);

    public Answer(Status status, List<Header> headers, byte[] body) {
        this(status, headers, body, null);
    }

    /** An answer whose body is written as it comes about. */
    public static Answer streamed(List<Header> headers, Streamed body) {
        return new Answer(Status.OK_200, headers, NOTHING, body);
    }

    /** An answer that nobody may keep. */
    public static Answer json(Status status, byte[] body) {
        return new Answer(status, OF_JSON, body);
    }

    /** As {@link #json}, where it was done as it was asked for. */
    public static Answer ok(byte[] body) {
        return json(Status.OK_200, body);
    }

    /** An answer without a body. */
    public static Answer empty(Status status) {
        return new Answer(status, List.of(), NOTHING);
    }

    public static Answer of(Problem problem) {
        return of(ProblemDocument.of(problem));
    }

    public static Answer of(ProblemDocument document) {
        Problem problem = document.problem();
        Answer answer = new Answer(problem.status(), OF_A_PROBLEM, document.json());
        if (problem.status().equals(Status.UNAUTHORIZED_401)) {
            // A 401 names what is missing (RFC 9110, 15.5.2).
            answer = answer.with(problem == Problem.BAD_SIGNATURE ? SIGNATURE : BEARER);
        }
        Duration retryAfter = document.retryAfter();
        return retryAfter == null
                ? answer
                : answer.with(HeaderValues.create(HeaderNames.RETRY_AFTER, ProblemDocument.wholeSeconds(retryAfter)));
    }

    /** The same, of something that is found there. */
    public Answer at(String location) {
        return with(HeaderNames.LOCATION, location);
    }

    public Answer with(HeaderName name, String value) {
        return with(HeaderValues.create(name, value));
    }

    /** The same with one header more. */
    public Answer with(Header header) {
        List<Header> all = new ArrayList<>(headers.size() + 1);
        all.addAll(headers);
        all.add(header);
        return new Answer(status, all, body, streamed);
    }
}
