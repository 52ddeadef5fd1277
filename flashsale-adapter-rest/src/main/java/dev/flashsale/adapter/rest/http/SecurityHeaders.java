package dev.flashsale.adapter.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;

/** What every answer tells a browser that was led here: take it for what it says it is, run and frame nothing of it. */
public final class SecurityHeaders implements Filter {

    private static final Header NOSNIFF =
            HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    private static final Header NOTHING_LOADS = HeaderValues.createCached(
            HeaderNames.create("Content-Security-Policy"), "default-src 'none'; frame-ancestors 'none'");
    private static final Header NO_REFERRER =
            HeaderValues.createCached(HeaderNames.create("Referrer-Policy"), "no-referrer");

    @Override
    public Answer answer(Request request, Route route) {
        on(request.ofEveryAnswer());
        return route.answer(request);
    }

    static void on(ServerResponseHeaders headers) {
        headers.set(NOSNIFF).set(NOTHING_LOADS).set(NO_REFERRER);
    }
}
