package dev.flashsale.adapter.rest.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a request is called beyond this server: the {@code X-Request-Id} of its client, or of a proxy, and the {@code
 * traceparent} of W3C Trace Context. While it is served, every line that its thread logs has them, under the names of the
 * Elastic Common Schema, and its flags as {@code trace.flags}. What is malformed, or there twice, is ignored.
 */
final class TraceContext {

    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private static final HeaderName TRACEPARENT = HeaderNames.create("traceparent");
    private static final String ID_IN_LOG = "http.request.id";
    private static final int MAX_ID = 128;

    /** Version, trace id, parent id and flags, with a dash behind each but the last. */
    private static final int TRACE_AT = 3;

    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;
    private static final int LENGTH = 55;

    private TraceContext() {}

    /** The id that came, if one did. It is on the thread from now on. */
    static @Nullable String idFrom(Headers headers) {
        String id = only(headers, REQUEST_ID);
        if (id == null || id.isEmpty() || id.length() > MAX_ID || !isVisible(id)) {
            return null;
        }
        MDC.put(ID_IN_LOG, id);
        return id;
    }

    /** A new id. It is on the thread from now on. */
    static String newId() {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        MDC.put(ID_IN_LOG, id);
        return id;
    }

    /** Whether a trace came. It is on the thread from now on. */
    static boolean traceFrom(Headers headers) {
        String parent = only(headers, TRACEPARENT);
        if (parent == null || !isTraceparent(parent)) {
            return false;
        }
        MDC.put("trace.id", parent.substring(TRACE_AT, SPAN_AT - 1));
        MDC.put("span.id", parent.substring(SPAN_AT, FLAGS_AT - 1));
        MDC.put("trace.flags", parent.substring(FLAGS_AT, LENGTH));
        return true;
    }

    /** Nothing of a request stays on the thread of its connection. */
    static void end() {
        MDC.clear();
    }

    private static @Nullable String only(Headers headers, HeaderName name) {
        if (!headers.contains(name)) {
            return null;
        }
        List<String> values = headers.all(name, List::of);
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    /** A version of later may say more behind what there is in this one. */
    private static boolean isTraceparent(String text) {
        boolean firstVersion = text.startsWith("00");
        return text.length() >= LENGTH
                && (firstVersion ? text.length() == LENGTH : !text.startsWith("ff"))
                && (text.length() == LENGTH || text.charAt(LENGTH) == '-')
                && isHex(text, 0, TRACE_AT)
                && isHex(text, TRACE_AT, SPAN_AT)
                && isHex(text, SPAN_AT, FLAGS_AT)
                && isHexDigits(text, FLAGS_AT, LENGTH)
                && !isZero(text, TRACE_AT, SPAN_AT)
                && !isZero(text, SPAN_AT, FLAGS_AT);
    }

    /** Up to a dash, which is the last. */
    private static boolean isHex(String text, int from, int to) {
        return text.charAt(to - 1) == '-' && isHexDigits(text, from, to - 1);
    }

    private static boolean isHexDigits(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    private static boolean isZero(String text, int from, int to) {
        return text.substring(from, to - 1).chars().allMatch(c -> c == '0');
    }
}
