package dev.flashsale.app.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One keep-alive connection of HTTP/1.1 with one request at a time: enough for one client that knows its server. */
final class HttpConnection {

    private static final int MOST = 16 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after: *\\d+");

    private final SocketChannel channel;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocate(MOST);
    private int answerLength = -1;
    private int headersLength;
    private long intendedAt;

    private HttpConnection(SocketChannel channel, byte[] request) {
        this.channel = channel;
        this.request = ByteBuffer.allocateDirect(request.length).put(request).flip();
    }

    /** @param request with its headers, sent again and again */
    static HttpConnection open(int port, byte[] request) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
        return new HttpConnection(channel, request);
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] post(String path, String json) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json)
                .getBytes(StandardCharsets.US_ASCII);
    }

    SocketChannel channel() {
        return channel;
    }

    /** When the request under way was meant to be sent. */
    long intendedAt() {
        return intendedAt;
    }

    /** A request is smaller than any send buffer: it goes at once. */
    void send(long intended) throws IOException {
        intendedAt = intended;
        request.rewind();
        while (request.hasRemaining()) {
            int unused = channel.write(request);
        }
    }

    /** Reads what is there; answers whether the answer is complete. */
    boolean receive() throws IOException {
        if (channel.read(answer) < 0) {
            throw new EOFException("the server closed a connection");
        }
        if (answerLength < 0) {
            headersLength = endOfHeaders();
            if (headersLength < 0) {
                return false;
            }
            Matcher length = LENGTH.matcher(headers());
            answerLength = headersLength + (length.find() ? Integer.parseInt(length.group(1)) : 0);
        }
        return answer.position() >= answerLength;
    }

    int status() {
        return 100 * digit(0) + 10 * digit(1) + digit(2);
    }

    boolean saysWhenToComeBack() {
        return RETRY_AFTER.matcher(headers()).find();
    }

    /** Forgets the answer. */
    void clear() {
        answer.clear();
        answerLength = -1;
    }

    private String headers() {
        return new String(answer.array(), 0, headersLength, StandardCharsets.ISO_8859_1);
    }

    private int digit(int place) {
        return answer.get(STATUS_AT + place) - '0';
    }

    private int endOfHeaders() {
        int last = answer.position() - END_OF_HEADERS.length;
        for (int i = 0; i <= last; i++) {
            if (answer.get(i + 3) == '\n' && answer.get(i + 1) == '\n' && answer.get(i) == '\r') {
                return i + END_OF_HEADERS.length;
            }
        }
        return -1;
    }
}
