package dev.flashsale.adapter.rest.connection;

import dev.flashsale.adapter.rest.ForwardedHeader;
import dev.flashsale.adapter.rest.LimitSettings;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Which client a request is of: its connection's peer, or, as long as that is a trusted proxy, whom the proxy says that
 * it speaks for. So what a client itself writes into the header is never believed; a proxy that says something else
 * than an address answers for its client.
 *
 * <p>An IPv6 client has 2^64 addresses at the least, so that it is known by the first half of one.
 */
public final class ClientAddresses {

    private static final int V6_BYTES = 16;

    private final List<AddressRange> trustedProxies;
    private final ForwardedHeader header;

    public ClientAddresses(LimitSettings settings) {
        this.trustedProxies = settings.trustedProxies().stream()
                .map(AddressRange::parse)
                .flatMap(Optional::stream)
                .toList();
        this.header = settings.forwardedHeader();
    }

    /** A number for the client. */
    public long of(SocketAddress peer, Headers headers) {
        return peer instanceof InetSocketAddress known && !known.isUnresolved()
                ? numberOf(client(known.getAddress(), headers))
                : 0;
    }

    /** Its address, for people; {@code unknown} if the connection has none. */
    public String name(SocketAddress peer, Headers headers) {
        return peer instanceof InetSocketAddress known && !known.isUnresolved()
                ? client(known.getAddress(), headers).getHostAddress()
                : "unknown";
    }

    InetAddress client(InetAddress peer, Headers headers) {
        if (!isTrusted(peer)) {
            return peer;
        }
        InetAddress client = peer;
        for (String hop : ForwardedHops.of(header, headers).reversed()) {
            Optional<InetAddress> before = ForwardedHops.address(header, hop);
            if (before.isEmpty()) {
                return client;
            }
            client = before.get();
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    /** An IPv4 address as it is, of an IPv6 address the first half. */
    static long numberOf(InetAddress client) {
        ByteBuffer bytes = ByteBuffer.wrap(client.getAddress());
        return bytes.remaining() == V6_BYTES ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
    }

    private boolean isTrusted(InetAddress address) {
        for (AddressRange proxy : trustedProxies) {
            if (proxy.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
