package dev.flashsale.adapter.rest.connection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses that begin with the same bits. Reads addresses as they are written and never asks a name server. */
public final class AddressRange {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");
    private static final int MAX_BYTE = 255;

    private final byte[] first;
    private final int bits;

    private AddressRange(byte[] first, int bits) {
        this.first = first;
        this.bits = bits;
    }

    /** {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address =
                address(slash < 0 ? text : text.substring(0, slash)).map(InetAddress::getAddress);
        if (slash < 0) {
            return address.map(bytes -> new AddressRange(bytes, bytes.length * Byte.SIZE));
        }
        String prefix = text.substring(slash + 1);
        return address.filter(bytes ->
                        PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= bytes.length * Byte.SIZE)
                .map(bytes -> new AddressRange(bytes, Integer.parseInt(prefix)));
    }

    /** Never of an address of the other family. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((bytes[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** An address as proxies write it: perhaps in brackets, perhaps with a port. */
    static Optional<InetAddress> withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : address(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return address(port ? text.substring(0, colon) : text);
    }

    private static Optional<InetAddress> address(String text) {
        try {
            if (V4.matcher(text).matches()) {
                String[] parts = text.split("\\.", -1);
                byte[] bytes = new byte[parts.length];
                for (int i = 0; i < parts.length; i++) {
                    int part = Integer.parseInt(parts[i]);
                    if (part > MAX_BYTE) {
                        return Optional.empty();
                    }
                    bytes[i] = (byte) part;
                }
                return Optional.of(InetAddress.getByAddress(bytes));
            }
            // In brackets it is never taken for a name.
            return V6.matcher(text).matches() ? Optional.of(InetAddress.getByName("[" + text + "]")) : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
