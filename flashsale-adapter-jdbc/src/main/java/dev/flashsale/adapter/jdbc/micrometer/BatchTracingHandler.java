package dev.flashsale.adapter.jdbc.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of a batch that is linked with the spans of all calls that share it, while it is a child of the one that leads it.
 * The other way round each of them says in {@value #SPAN_ID} which batch it was in, those too that joined it after it had begun
 * and so are not linked.
 *
 * <p>To be registered before Micrometer's own handler for tracing, as the first that fits is asked.
 */
public final class BatchTracingHandler extends DefaultTracingObservationHandler {

    static final String SPAN_ID = "flashsale.batch.span_id";

    private final Tracer tracer;

    public BatchTracingHandler(Tracer tracer) {
        super(tracer);
        this.tracer = tracer;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof BatchContext;
    }

    @Override
    public void onStart(Observation.Context context) {
        Span parent = getParentSpan(context);
        Span.Builder builder = tracer.spanBuilder();
        if (parent != null) {
            builder.setParent(parent.context());
        }
        for (Observation request : ((BatchContext) context).observations()) {
            Span span = spanOf(request);
            if (span != null && !span.equals(parent)) {
                builder.addLink(new Link(span));
            }
        }
        getTracingContext(context).setSpan(builder.start());
    }

    @Override
    public void onStop(Observation.Context context) {
        String id = getRequiredSpan(context).context().spanId();
        ((BatchContext) context).observations().forEach(request -> request.highCardinalityKeyValue(SPAN_ID, id));
        super.onStop(context);
    }

    private static @Nullable Span spanOf(Observation request) {
        TracingContext tracing = request.getContextView().get(TracingContext.class);
        return tracing == null ? null : tracing.getSpan();
    }
}
