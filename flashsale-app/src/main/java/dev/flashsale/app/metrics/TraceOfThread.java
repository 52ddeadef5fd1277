package dev.flashsale.app.metrics;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The trace that came with the request that a thread serves, so that a measurement can name it as its exemplar. */
final class TraceOfThread implements SpanContext {

    /** The last bit of the flags of W3C Trace Context: somebody keeps the trace. */
    private static final int SAMPLED = 1;

    private static final int HEX = 16;

    @Override
    public @Nullable String getCurrentTraceId() {
        return MDC.get("trace.id");
    }

    @Override
    public @Nullable String getCurrentSpanId() {
        return MDC.get("span.id");
    }

    @Override
    public boolean isCurrentSpanSampled() {
        String flags = MDC.get("trace.flags");
        return flags != null && (Integer.parseInt(flags, HEX) & SAMPLED) != 0;
    }

    /** Whoever keeps it is not known here. */
    @Override
    public void markCurrentSpanAsExemplar() {}
}
