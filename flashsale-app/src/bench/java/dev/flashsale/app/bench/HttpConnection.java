package dev.flashsale.app.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One keep-alive connection of HTTP/1.1 with one request at a time: enough for one client that knows its server. */
final class HttpConnection {

    private static final int MOST = 16 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
    private static final byte[] CONTENT_LENGTH = "\ncontent-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY_AFTER = "\nretry-after: ".getBytes(StandardCharsets.US_ASCII);
    private static final int LOWER_CASE = 0x20;

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
            answerLength = headersLength + Math.max(0, number(CONTENT_LENGTH));
        }
        return answer.position() >= answerLength;
    }

    int status() {
        return 100 * digit(0) + 10 * digit(1) + digit(2);
    }

    boolean saysWhenToComeBack() {
        return number(RETRY_AFTER) >= 0;
    }

    /** Forgets the answer. */
    void clear() {
        answer.clear();
        answerLength = -1;
    }

    /**
     * The number in a header, or -1 without one. Byte by byte, since the client shares the machine with its server:
     * patterns took a quarter of its time.
     */
    private int number(byte[] header) {
        byte[] bytes = answer.array();
        for (int at = 0; at < headersLength - header.length; at++) {
            if (bytes[at] == '\n' && isAt(at, header)) {
                int number = -1;
                for (int i = at + header.length; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                    number = 10 * Math.max(0, number) + bytes[i] - '0';
                }
                return number;
            }
        }
        return -1;
    }

    private boolean isAt(int at, byte[] header) {
        byte[] bytes = answer.array();
        for (int i = 1; i < header.length; i++) {
            if ((bytes[at + i] | LOWER_CASE) != (header[i] | LOWER_CASE)) {
                return false;
            }
        }
        return true;
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
