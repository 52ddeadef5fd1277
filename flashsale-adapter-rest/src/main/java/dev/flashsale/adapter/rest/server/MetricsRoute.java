package dev.flashsale.adapter.rest.server;

import dev.flashsale.adapter.rest.Probes.MetricsFormat;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.adapter.rest.http.Route;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** {@code /metrics}, for Prometheus: as OpenMetrics for whoever would rather have that. */
record MetricsRoute(Function<MetricsFormat, String> text) implements Route {

    private static final MediaType OPEN_METRICS = MediaTypes.create("application", "openmetrics-text");
    private static final Map<MetricsFormat, Header> CONTENT_TYPES = new EnumMap<>(Map.of(
            MetricsFormat.TEXT, contentType(MetricsFormat.TEXT),
            MetricsFormat.OPEN_METRICS, contentType(MetricsFormat.OPEN_METRICS)));

    private static Header contentType(MetricsFormat format) {
        return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, format.contentType());
    }

    @Override
    public Answer answer(Request request) {
        MetricsFormat format = wanted(request);
        return new Answer(
                Status.OK_200,
                List.of(Answer.NO_STORE, Objects.requireNonNull(CONTENT_TYPES.get(format))),
                text.apply(format).getBytes(StandardCharsets.UTF_8));
    }

    private static MetricsFormat wanted(Request request) {
        return request.prefers(OPEN_METRICS, MediaTypes.TEXT_PLAIN) ? MetricsFormat.OPEN_METRICS : MetricsFormat.TEXT;
    }
}
