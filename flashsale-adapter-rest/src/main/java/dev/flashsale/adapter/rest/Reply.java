package dev.flashsale.adapter.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;

/** Sends answers. A HEAD request gets the headers of the answer to GET, and no body. */
final class Reply {

    static final Header PROBLEM_JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header PROMETHEUS =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    private static final Header BEARER = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    private static final Header SIGNATURE = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Signature");
    private static final byte[] NOTHING = {};

    private Reply() {}

    /** An answer that nobody may keep. */
    static void json(ServerRequest request, ServerResponse response, Status status, byte[] body) {
        response.header(NO_STORE);
        cacheable(request, response, status, JSON, body);
    }

    /** An answer whose caching headers the caller has set. */
    static void cacheable(
            ServerRequest request, ServerResponse response, Status status, Header contentType, byte[] body) {
        response.header(contentType);
        send(request, response, status, body);
    }

    static void metrics(ServerRequest request, ServerResponse response, byte[] body) {
        response.header(NO_STORE).header(PROMETHEUS);
        send(request, response, Status.OK_200, body);
    }

    static void problem(ServerRequest request, ServerResponse response, ProblemDocument document) {
        response.header(PROBLEM_JSON).header(NO_STORE);
        if (document.problem().status().equals(Status.UNAUTHORIZED_401)) {
            // A 401 names what is missing (RFC 9110, 15.5.2).
            response.header(document.problem() == Problem.BAD_SIGNATURE ? SIGNATURE : BEARER);
        }
        Duration retryAfter = document.retryAfter();
        if (retryAfter != null) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, ProblemDocument.wholeSeconds(retryAfter)));
        }
        send(request, response, document.problem().status(), Representation.of(document));
    }

    /** Nothing was done; the same request may succeed later. */
    static void busy(ServerRequest request, ServerResponse response, Duration retryAfter) {
        problem(
                request,
                response,
                ProblemDocument.retryable(Problem.BUSY, "It cannot be done at this moment. Ask again.", retryAfter));
    }

    private static void send(ServerRequest request, ServerResponse response, Status status, byte[] body) {
        if (request.content().hasEntity() && !request.continueSent()) {
            // The client was not told to go on with its body; whether it does is not known, so nothing may follow.
            response.header(HeaderValues.CONNECTION_CLOSE);
        } else if (!request.content().consumed()) {
            RequestBody.discard(request);
        }
        response.status(status);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
            response.send(NOTHING);
        } else {
            response.send(body);
        }
    }
}
