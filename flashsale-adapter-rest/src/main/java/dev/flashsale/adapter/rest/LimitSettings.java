package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.connection.AddressRange;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a client may ask for a hold. Each server counts for itself.
 *
 * @param ofAddress of one address; {@code null} for any number
 * @param ofCustomer of one {@code customer_id}; {@code null} for any number
 * @param trustedProxies whose word on their client's address is taken: addresses and ranges, see {@link #isRange}
 * @param forwardedHeader where they say it
 */
public record LimitSettings(
        @Nullable Rate ofAddress,
        @Nullable Rate ofCustomer,
        List<String> trustedProxies,
        ForwardedHeader forwardedHeader) {

    /** Each costs a comparison for each request that is counted. */
    public static final int MAX_PROXIES = 100;

    public LimitSettings {
        trustedProxies = List.copyOf(trustedProxies);
        if (trustedProxies.size() > MAX_PROXIES) {
            throw new IllegalArgumentException("trusted proxies must be at most " + MAX_PROXIES);
        }
        if (!trustedProxies.stream().allMatch(LimitSettings::isRange)) {
            throw new IllegalArgumentException(
                    "trusted proxies must be addresses or ranges of addresses, were " + trustedProxies);
        }
    }

    /** No limit, and nobody is believed. */
    public static LimitSettings none() {
        return new LimitSettings(null, null, List.of(), ForwardedHeader.X_FORWARDED_FOR);
    }

    /** Whether this is an IPv4 or IPv6 address, or a range of them such as {@code 10.0.0.0/8}. */
    public static boolean isRange(String text) {
        return AddressRange.parse(text).isPresent();
    }

    /**
     * So many requests at once, and as many in each such time in the long run.
     *
     * @param requests 1 to {@value #MAX_REQUESTS}
     * @param per whole seconds, 1 to {@link #MAX_PER}
     */
    public record Rate(int requests, Duration per) {

        public static final int MAX_REQUESTS = 1_000_000;
        public static final Duration MAX_PER = Duration.ofHours(1);

        public Rate {
            if (requests < 1 || requests > MAX_REQUESTS) {
                throw new IllegalArgumentException(
                        "the requests of a rate must be from 1 to " + MAX_REQUESTS + ", were " + requests);
            }
            if (!per.isPositive() || per.compareTo(MAX_PER) > 0 || !per.equals(per.truncatedTo(ChronoUnit.SECONDS))) {
                throw new IllegalArgumentException(
                        "the time of a rate must be whole seconds, 1 to " + MAX_PER.toSeconds() + ", was " + per);
            }
        }
    }
}
