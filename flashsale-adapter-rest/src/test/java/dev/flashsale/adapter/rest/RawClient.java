package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.mapping;

import dev.flashsale.adapter.rest.Service.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends what an HTTP client would not. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MS = 20_000;

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MS);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return this;
    }

    /** One answer, head and body as they came; empty if the server closed instead. */
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return answer.toString();
            }
            answer.append((char) next);
        }
        String head = answer.toString();
        String body = new String(in.readNBytes(contentLength(head)), ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 100 ")) {
            Contract.PUBLISHED.check(parsed(head, body));
        }
        return head + body;
    }

    /** Whether the server closes, after whatever it still sends. */
    boolean isClosedByServer() throws IOException {
        socket.getInputStream().readAllBytes();
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static Answer parsed(String head, String body) {
        Map<String, List<String>> headers = head.lines()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(": ?", 2))
                .collect(Collectors.groupingBy(line -> line[0], mapping(line -> line[1], Collectors.toList())));
        return new Answer(
                Integer.parseInt(head.substring(9, 12)), body, HttpHeaders.of(headers, (name, value) -> true));
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }
}
