package dev.flashsale.adapter.rest.connection;

import dev.flashsale.adapter.rest.ForwardedHeader;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What proxies say of the clients that they speak for. */
final class ForwardedHops {

    private static final HeaderName X_FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");
    private static final HeaderName FORWARDED = HeaderNames.create("Forwarded");
    private static final String FOR = "for=";

    private ForwardedHops() {}

    /**
     * What each proxy said, the nearest last. The comma always separates: no address has one, and a client must not be
     * able to quote what a proxy adds behind it.
     */
    static List<String> of(ForwardedHeader header, Headers headers) {
        HeaderName name = switch (header) {
            case X_FORWARDED_FOR -> X_FORWARDED_FOR;
            case FORWARDED -> FORWARDED;
        };
        return headers.all(name, List::of).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
    }

    /** The address in what one proxy said; none if it said something else, such as {@code unknown}. */
    static Optional<InetAddress> address(ForwardedHeader header, String hop) {
        return switch (header) {
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
