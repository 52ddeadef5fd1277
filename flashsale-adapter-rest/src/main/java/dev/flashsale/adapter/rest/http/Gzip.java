package dev.flashsale.adapter.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Compresses long answers of a route for those who take it so. It is for what is long and seldom asked for: a hold costs
 * less than its compression would.
 *
 * <p>An {@code ETag} becomes a weak one for who accepts gzip: it names the same contents in other bytes (RFC 9110, 8.8.1).
 * Since {@code If-None-Match} compares weakly, either of them is known again.
 */
public final class Gzip implements Filter {

    private static final int WORTH_IT_BYTES = 1024;
    private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
    private static final Header ENCODED = HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");

    @SuppressWarnings("ArrayRecordComponent") // The records are not compared.
    private record Compressed(byte[] body, byte[] gzip) {}

    /** A document that is always the same is compressed once. */
    private volatile @Nullable Compressed last;

    /** The route with this before it. */
    public static Route before(Route route) {
        return Filter.before(route, List.of(new Gzip()));
    }

    @Override
    public Answer answer(Request request, Route route) {
        request.ofEveryAnswer().add(VARY);
        Answer answer = route.answer(request);
        if (!isAccepted(request)) {
            return answer;
        }
        if (answer.status().equals(Status.OK_200) && answer.body().length >= WORTH_IT_BYTES) {
            return new Answer(answer.status(), weak(answer.headers()), gzip(answer.body())).with(ENCODED);
        }
        return new Answer(answer.status(), weak(answer.headers()), answer.body());
    }

    private static List<Header> weak(List<Header> headers) {
        List<Header> weak = new ArrayList<>(headers);
        weak.replaceAll(header -> header.headerName().equals(HeaderNames.ETAG)
                ? HeaderValues.create(HeaderNames.ETAG, "W/" + header.get())
                : header);
        return weak;
    }

    private byte[] gzip(byte[] body) {
        Compressed known = last;
        if (known != null && Arrays.equals(known.body, body)) {
            return known.gzip;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Compressed compressed = new Compressed(body, bytes.toByteArray());
        last = compressed;
        return compressed.gzip;
    }

    /** What is said of gzip itself goes before what is said of all. */
    private static boolean isAccepted(Request request) {
        boolean all = false;
        for (String each : request.headers().values(HeaderNames.ACCEPT_ENCODING)) {
            String[] coding = each.toLowerCase(Locale.ROOT).split(";", 2);
            boolean accepted = coding.length == 1 || !coding[1].strip().matches("q=0(\\.0*)?");
            switch (coding[0].strip()) {
                case "gzip", "x-gzip" -> {
                    return accepted;
                }
                case "*" -> all = accepted;
                default -> {
                    // Another coding.
                }
            }
        }
        return all;
    }
}
