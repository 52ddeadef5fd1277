package dev.flashsale.adapter.rest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * In which header a proxy adds the address of its client to those that are there. It is one of them, and not whichever
 * is there: a proxy that adds to the one passes the other on as its client wrote it.
 */
public enum ForwardedHeader {
    /** Addresses with commas between. */
    X_FORWARDED_FOR("X-Forwarded-For"),
    /** As of RFC 7239. */
    FORWARDED("Forwarded");

    private static final String FOR = "for=";

    @SuppressWarnings("ImmutableEnumChecker") // It is immutable, without an annotation that says so.
    private final HeaderName header;

    ForwardedHeader(String header) {
        this.header = HeaderNames.create(header);
    }

    /**
     * What each proxy said, the nearest last. The comma always separates: no address has one, and a client must not be
     * able to quote what a proxy adds behind it.
     */
    List<String> hops(Headers headers) {
        return headers.all(header, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
    }

    /** The address in what one proxy said; none if it said something else, such as {@code unknown}. */
    Optional<InetAddress> address(String hop) {
        return switch (this) {
            case X_FORWARDED_FOR -> AddressRange.withoutPort(hop.strip());
            case FORWARDED ->
                Arrays.stream(hop.split(";", -1))
                        .map(String::strip)
                        .filter(pair -> pair.regionMatches(true, 0, FOR, 0, FOR.length()))
                        .map(pair -> pair.substring(FOR.length()).replace("\"", ""))
                        .findFirst()
                        .flatMap(AddressRange::withoutPort);
        };
    }
}
