package dev.flashsale.adapter.rest.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.IncorrectNewLineException;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Set;

/**
 * The request with which a connection begins. Plain proxies, health checks and old tools send it in HTTP/1.0, of which
 * Helidon knows nothing: it is handed on as one of HTTP/1.1 whose client asks to close. Whatever an HTTP/1.0 client may
 * say of the connection is taken out: nobody waits for {@code 100 Continue}, and {@code keep-alive} is not promised.
 */
final class FirstRequest {

    /** Helidon takes no longer line. */
    private static final int MAX_LINE_BYTES = 4096;

    private static final byte[] HTTP_1_0 = " HTTP/1.0".getBytes(ISO_8859_1);
    private static final String CLOSES = "1\r\nConnection: close\r\n";
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "expect", "upgrade", "http2-settings", "te");

    private final DataReader arriving;
    private final int maxHeaderBytes;

    FirstRequest(DataReader arriving, int maxHeaderBytes) {
        this.arriving = arriving;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    /** What has arrived of it, its first line and, in HTTP/1.0, its headers at least; as it came if it is malformed. */
    byte[] bytes() {
        ByteArrayOutputStream head = new ByteArrayOutputStream(0);
        try {
            int end = arriving.findNewLine(MAX_LINE_BYTES);
            if (end < MAX_LINE_BYTES && isOfHttp10(end)) {
                head.writeBytes(arriving.readBytes(end - 1));
                arriving.skip("0\r\n".length());
                head.writeBytes(CLOSES.getBytes(ISO_8859_1));
                headers(head);
            }
        } catch (IncorrectNewLineException malformed) {
            // Helidon refuses it.
        }
        head.writeBytes(arriving.readBytes(arriving.available()));
        return head.toByteArray();
    }

    private boolean isOfHttp10(int end) {
        int from = end - HTTP_1_0.length;
        if (from < 0) {
            return false;
        }
        var line = arriving.getBuffer(end);
        for (int i = 0; i < HTTP_1_0.length; i++) {
            if (line.get(from + i) != HTTP_1_0[i]) {
                return false;
            }
        }
        return true;
    }

    private void headers(ByteArrayOutputStream head) {
        boolean host = false;
        int left = maxHeaderBytes;
        for (int end = arriving.findNewLine(left); end > 0 && end < left; end = arriving.findNewLine(left)) {
            byte[] line = arriving.readBytes(end);
            arriving.skip(2);
            left -= end + 2;
            String name = new String(line, ISO_8859_1).split(":", 2)[0].toLowerCase(Locale.ROOT);
            host |= name.equals("host");
            if (!OF_THE_CONNECTION.contains(name)) {
                line(head, line);
            }
            if (name.equals("transfer-encoding")) {
                // HTTP/1.0 has none: with both of them Helidon refuses it.
                line(head, "Content-Length: 0".getBytes(ISO_8859_1));
            }
        }
        if (!host) {
            line(head, "Host: unknown".getBytes(ISO_8859_1));
        }
    }

    private static void line(ByteArrayOutputStream head, byte[] line) {
        head.writeBytes(line);
        head.writeBytes(new byte[] {'\r', '\n'});
    }
}
