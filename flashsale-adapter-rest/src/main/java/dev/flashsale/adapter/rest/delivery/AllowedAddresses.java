package dev.flashsale.adapter.rest.delivery;

import dev.flashsale.adapter.rest.connection.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a request may go: to addresses of the Internet, and to private ones if that is set. What the registries of IANA for
 * special-purpose addresses name is neither, and of IPv6 only what is given out for the Internet is, or leads to IPv4 there.
 */
final class AllowedAddresses {

    private static final List<AddressRange> PRIVATE = ranges(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "::1",
            "fc00::/7",
            "fe80::/10");
    private static final List<AddressRange> OF_NOBODY = ranges(
            "0.0.0.0/8",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            // Tunnels and tests, then examples, 6to4, which leads to any IPv4, and examples again.
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");
    private static final AddressRange INTERNET_V6 = range("2000::/3");
    /** Behind it an IPv4 address is reached by NAT64. */
    private static final AddressRange TRANSLATED = range("64:ff9b::/96");

    private static final int V4_BYTES = 4;

    private final boolean alsoPrivate;

    AllowedAddresses(boolean alsoPrivate) {
        this.alsoPrivate = alsoPrivate;
    }

    /** Why nothing may be sent there; empty if it may. */
    Optional<String> refusal(InetAddress address) {
        if (TRANSLATED.contains(address)) {
            return refusal(behind(address));
        }
        if (contains(PRIVATE, address)) {
            return alsoPrivate
                    ? Optional.empty()
                    : Optional.of("the address " + address.getHostAddress() + " is private, which is not allowed here");
        }
        boolean internet = address instanceof Inet4Address || INTERNET_V6.contains(address);
        return internet && !contains(OF_NOBODY, address)
                ? Optional.empty()
                : Optional.of("the address " + address.getHostAddress() + " is none of the Internet");
    }

    private static boolean contains(List<AddressRange> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static InetAddress behind(InetAddress translated) {
        byte[] bytes = translated.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - V4_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("these are four bytes", e);
        }
    }

    private static List<AddressRange> ranges(String... ranges) {
        return Arrays.stream(ranges).map(AllowedAddresses::range).toList();
    }

    private static AddressRange range(String range) {
        return AddressRange.parse(range).orElseThrow();
    }
}
