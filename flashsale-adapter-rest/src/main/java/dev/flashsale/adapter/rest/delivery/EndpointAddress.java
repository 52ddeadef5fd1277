package dev.flashsale.adapter.rest.delivery;

import dev.flashsale.adapter.rest.connection.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks at where a request is to go. It resolves the name for each connection, and only to addresses that are allowed: a name
 * with one that is not is refused as a whole. So nothing can come between the look and the connection.
 */
final class EndpointAddress implements DnsResolver {

    /** How a name ends that stands for an address of IPv4 in one of the many ways to write one. */
    private static final Pattern ENDS_LIKE_AN_ADDRESS = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");
    /** That one way in which everybody reads the same: no zeros before, since those are octal to some. */
    private static final Pattern PLAIN = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final String NO_HOST = "it must name a host, or its address plainly, such as 192.0.2.1";

    /** Each may be waited for: a name with a thousand addresses must not hold a thread for hours. */
    private static final int MOST_TRIED = 4;

    private final DnsResolver names;
    private final AllowedAddresses allowed;
    private final boolean tlsAlone;

    EndpointAddress(DnsResolver names, DeliverySettings settings) {
        this.names = names;
        this.allowed = new AllowedAddresses(settings.allowPrivate());
        this.tlsAlone = !settings.allowPrivate();
    }

    /** Why nothing may be sent there, as far as that can be told without its address. */
    Optional<String> formRefusal(URI url) {
        String scheme = url.getScheme();
        boolean tls = "https".equalsIgnoreCase(scheme);
        if (!tls && (tlsAlone || !"http".equalsIgnoreCase(scheme))) {
            return Optional.of(tlsAlone ? "it must begin with https://" : "it must begin with https:// or http://");
        }
        String host = url.getHost();
        if (host == null || host.isEmpty()) {
            return Optional.of(NO_HOST);
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("it must not have a user and a password in it: it is signed instead");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("it must not have a # in it");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("its port must be 1 to 65535");
        }
        boolean ambiguous = ENDS_LIKE_AN_ADDRESS.matcher(host).matches()
                && (!PLAIN.matcher(host).matches() || AddressRange.parse(host).isEmpty());
        return ambiguous ? Optional.of(NO_HOST) : Optional.empty();
    }

    /** Why nothing may be sent there, now. */
    Optional<String> refusal(URI url) {
        return formRefusal(url).or(() -> {
            try {
                InetAddress[] unused = resolve(url.getHost());
                return Optional.empty();
            } catch (UnknownHostException refused) {
                return Optional.of(why(refused));
            }
        });
    }

    static String why(UnknownHostException refused) {
        return refused instanceof Forbidden forbidden ? forbidden.why : "its name is not known";
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        Optional<String> refusal = Arrays.stream(addresses)
                .flatMap(address -> allowed.refusal(address).stream())
                .findFirst();
        if (refusal.isPresent()) {
            throw new Forbidden(refusal.get());
        }
        return addresses.length <= MOST_TRIED ? addresses : Arrays.copyOf(addresses, MOST_TRIED);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        // Only for authentication that is not used.
        return host;
    }

    /** A name that leads to where nothing may be sent. */
    private static final class Forbidden extends UnknownHostException {
        private final String why;

        Forbidden(String why) {
            super(why);
            this.why = why;
        }
    }
}
