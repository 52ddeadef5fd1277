package dev.flashsale.adapter.rest.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpMediaType;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** Takes a request's body off the wire. */
final class RequestBody {

    private static final String JSON = "application/json";
    private static final int DISCARD_BYTES = 1024;

    private RequestBody() {}

    /** Throws away what the route did not read, so that the next thing on the connection is the next request. */
    static void discard(ServerRequest request) {
        int unused = reading(() -> {
            InputStream rest = request.content().inputStream();
            byte[] thrownAway = new byte[DISCARD_BYTES];
            int read;
            do {
                read = rest.read(thrownAway);
            } while (read >= 0);
            return read;
        });
    }

    /** Helidon has refused a body over the limit before, or refuses it while it is read. */
    static byte[] bytes(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        OptionalLong length = request.headers().contentLength();
        return reading(() -> {
            InputStream body = request.content().inputStream();
            return length.isPresent() ? toEnd(body, (int) length.getAsLong()) : body.readAllBytes();
        });
    }

    /** Helidon counts a body as read once its end was read, too. */
    private static byte[] toEnd(InputStream body, int length) throws IOException {
        byte[] bytes = body.readNBytes(length);
        if (body.read() >= 0) {
            throw new IOException("more than the content length");
        }
        return bytes;
    }

    /** Helidon fails in various ways on a body whose chunks are malformed. The connection is of no more use then. */
    private static <T> T reading(Callable<T> read) {
        try {
            return read.call();
        } catch (CloseConnectionException | RequestException asItIs) {
            throw asItIs;
        } catch (Exception e) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .setKeepAlive(false)
                    .message("The body is not well-formed")
                    .cause(e)
                    .build();
        }
    }

    static void requireJson(Headers headers) {
        List<String> types = headers.all(HeaderNames.CONTENT_TYPE, List::of);
        if (types.size() != 1 || !isJson(types.get(0))) {
            throw new Refused(ProblemDocument.of(Problem.UNSUPPORTED_MEDIA_TYPE).blaming("content-type"));
        }
    }

    /** The parser of JSON would take other encodings, a byte order mark and broken sequences in what it skips. */
    static void requireUtf8(byte[] body) {
        boolean ascii = true;
        for (byte b : body) {
            if (b == 0) {
                throw JsonBody.malformed(JsonBody.BODY, "The body must be UTF-8.");
            }
            ascii &= b > 0;
        }
        if (ascii) {
            return;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            if (text.startsWith("\uFEFF")) {
                throw JsonBody.malformed(JsonBody.BODY, "The body must not begin with a byte order mark.");
            }
        } catch (CharacterCodingException e) {
            throw JsonBody.malformed(JsonBody.BODY, "The body must be UTF-8.");
        }
    }

    private static boolean isJson(String contentType) {
        if (contentType.equalsIgnoreCase(JSON)) {
            return true;
        }
        try {
            HttpMediaType type = HttpMediaType.create(contentType);
            return type.mediaType().text().equalsIgnoreCase(JSON)
                    && type.charset().orElse("utf-8").equalsIgnoreCase("utf-8");
        } catch (IllegalArgumentException notAMediaType) {
            return false;
        }
    }
}
