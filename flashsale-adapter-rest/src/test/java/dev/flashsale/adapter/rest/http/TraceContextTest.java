package dev.flashsale.adapter.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-00",
                "cc-" + TRACE + "-" + SPAN + "-01",
                "cc-" + TRACE + "-" + SPAN + "-01-what-comes-later"
            })
    void a_traceparent_is_taken(String traceparent) {
        assertThat(taken(traceparent)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "cc-" + TRACE + "-" + SPAN + "-01.more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-" + TRACE + "-b7ad6b716920333x-01",
                "00_" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "_" + SPAN + "-01",
                "0x-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-0g"
            })
    void what_is_none_is_ignored(String traceparent) {
        assertThat(taken(traceparent)).isFalse();
    }

    @Test
    void two_are_none() {
        String one = "00-" + TRACE + "-" + SPAN + "-01";

        assertThat(taken(one, one)).isFalse();
    }

    private static boolean taken(String... traceparents) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (String traceparent : traceparents) {
            headers.add(HeaderNames.create("traceparent"), traceparent);
        }
        return TraceContext.traceFrom(headers);
    }
}
