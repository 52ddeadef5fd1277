package dev.flashsale.adapter.rest.delivery;

import dev.flashsale.application.port.WebhookSender.Attempt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** One request and as much of its answer as is looked at. It can be asked how it ended while it still goes on. */
final class Exchange {

    private static final int ANSWER_BYTES = 1024;
    private static final int READ_BYTES = 256;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    /** They might do something to the terminal that shows them. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n]]");

    private final HttpPost request;
    private final Instant at;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private volatile @Nullable Duration retryAfter;
    private volatile int status;

    Exchange(HttpPost request, Instant at) {
        this.request = request;
        this.at = at;
    }

    /**
     * A body that goes on behind what is looked at is not waited for: the connection is given up.
     *
     * @return the status
     */
    int run(CloseableHttpClient client) throws IOException, HttpException {
        try (ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null)) {
            retryAfter = retryAfter(response.getFirstHeader(HttpHeaders.RETRY_AFTER), at);
            status = response.getCode();
            HttpEntity entity = response.getEntity();
            if (entity != null && !read(entity.getContent())) {
                request.abort();
            }
            return status;
        }
    }

    /** Whether it ended. */
    private boolean read(InputStream in) throws IOException {
        byte[] some = new byte[READ_BYTES];
        while (answer.size() < ANSWER_BYTES) {
            int read = in.read(some, 0, Math.min(READ_BYTES, ANSWER_BYTES - answer.size()));
            if (read < 0) {
                return true;
            }
            answer.write(some, 0, read);
        }
        return false;
    }

    /**
     * How it ended, or stands now.
     *
     * @param whyNone why there is no answer, if there is none
     */
    Attempt end(String whyNone, Duration took) {
        int code = status;
        String said = code == 0 ? whyNone : answer.toString(StandardCharsets.UTF_8);
        return new Attempt(code, CONTROLS.matcher(said).replaceAll(" "), code == 0 ? null : retryAfter, took);
    }

    /** Why there was no answer, for people. */
    static String why(Throwable failure) {
        return switch (failure) {
            case UnknownHostException unknown -> EndpointAddress.why(unknown);
            case SSLException tls -> shortened("TLS failed: " + tls.getMessage());
            case ConnectException refused -> "it cannot be connected to";
            case NoHttpResponseException closed -> "it closed the connection without an answer";
            case ConnectionClosedException closed -> "it closed the connection without an answer";
            default -> shortened("it gave no answer: " + failure.getMessage());
        };
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), ANSWER_BYTES));
    }

    /** In seconds or as a moment; what is neither is nothing. */
    private static @Nullable Duration retryAfter(@Nullable Header header, Instant at) {
        String value = header == null || header.getValue() == null
                ? ""
                : header.getValue().strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant moment = DateUtils.parseStandardDate(value);
        return moment == null || moment.isBefore(at) ? null : Duration.between(at, moment);
    }
}
