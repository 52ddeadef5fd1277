package dev.flashsale.adapter.rest.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flashsale.adapter.rest.LimitSettings;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Refused;
import dev.flashsale.adapter.rest.http.Request;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts the requests of each client and refuses those beyond a rate with 429. A client has a bucket, full at first and
 * filled again evenly, of which each request takes one. What was counted is answered with what is left, as of
 * draft-ietf-httpapi-ratelimit-headers-11.
 *
 * <p>Buckets are kept in memory, {@value #MAX_CLIENTS} at most. One that is left alone for the rate's time is full, so
 * that nothing is lost by forgetting it. If there are too many, clients who keep coming are kept before those who came
 * once: a flood of addresses does not free one that is refused and goes on asking.
 *
 * @param <K> by what a client is known
 */
final class RateLimit<K> {

    static final int MAX_CLIENTS = 1 << 16;

    private static final HeaderName POLICY = HeaderNames.create("RateLimit-Policy");
    private static final HeaderName LEFT = HeaderNames.create("RateLimit");

    private final String name;
    private final Bandwidth bandwidth;
    private final Duration perRequest;
    private final TimeMeter time;
    private final Header policy;
    private final Cache<K, Bucket> buckets;

    /** @param name of the policy, as clients see it */
    RateLimit(String name, LimitSettings.Rate rate, LongSupplier nanoTime) {
        this.name = name;
        this.bandwidth = Bandwidth.builder()
                .capacity(rate.requests())
                .refillGreedy(rate.requests(), rate.per())
                .build();
        this.perRequest = rate.per().dividedBy(rate.requests());
        this.time = new Time(nanoTime, nanoTime.getAsLong());
        this.policy = HeaderValues.create(
                POLICY,
                "\"" + name + "\";q=" + rate.requests() + ";w=" + rate.per().toSeconds());
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterAccess(rate.per())
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Returns if the client may go on; else throws {@link Refused}. */
    void count(K client, Request request) {
        ConsumptionProbe probe = take(client);
        // What is left is to last for as long as it takes to come back: more of it at once is possible, not meant.
        Duration until = probe.isConsumed()
                ? perRequest.multipliedBy(Math.max(1, probe.getRemainingTokens()))
                : Duration.ofNanos(probe.getNanosToWaitForRefill());
        String left = "\"" + name + "\";r=" + probe.getRemainingTokens() + ";t=" + ProblemDocument.wholeSeconds(until);
        request.ofEveryAnswer().add(policy).add(HeaderValues.create(LEFT, left));
        if (!probe.isConsumed()) {
            throw new Refused(refusal(until));
        }
    }

    private ProblemDocument refusal(Duration until) {
        String detail = "New holds were asked for too often, by the limit of the " + name + ". Ask again later.";
        return ProblemDocument.of(Problem.RATE_LIMITED, detail)
                .with("policy", name)
                .after(until);
    }

    ConsumptionProbe take(K client) {
        return buckets.get(client, first -> newBucket()).tryConsumeAndReturnRemaining(1);
    }

    /** How many buckets there are. */
    long clients() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(time)
                .build();
    }

    /** From 0 on, since the buckets compare what may overflow. */
    private record Time(LongSupplier nanoTime, long start) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong() - start;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
