package dev.flashsale.adapter.rest.server;

import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Route;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** {@code /metrics}, for Prometheus. */
record MetricsRoute(Supplier<String> text) implements Route {

    private static final Header PROMETHEUS =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    @Override
    public Answer answer(Request request) {
        return new Answer(
                Status.OK_200, List.of(Answer.NO_STORE, PROMETHEUS), text.get().getBytes(StandardCharsets.UTF_8));
    }
}
