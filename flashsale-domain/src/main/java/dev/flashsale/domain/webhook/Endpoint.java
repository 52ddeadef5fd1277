package dev.flashsale.domain.webhook;

import dev.flashsale.domain.event.EventKind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody wants to be told of events. While it is enabled every event of its kinds is sent to it, a product's in their
 * order; one that is not keeps its place, and goes on from there when it is enabled again.
 *
 * @param kinds one at least
 * @param secret signs what is sent
 * @param formerSecret signs too, until {@code formerUntil}, so that the other side can change over
 * @param disabledWhy null while it is enabled
 * @param failingSince when the first of the attempts was made that have all failed since; null while it takes what is sent
 */
public record Endpoint(
        EndpointId id,
        URI url,
        Set<EventKind> kinds,
        EndpointSecret secret,
        @Nullable EndpointSecret formerSecret,
        @Nullable Instant formerUntil,
        Instant createdAt,
        @Nullable String disabledWhy,
        @Nullable Instant failingSince) {

    /** As many there may be. */
    public static final int MOST = 100;

    public static final int URL_MAX_LENGTH = 2048;
    public static final int WHY_MAX_LENGTH = 500;

    /** For so long both secrets sign after a new one was made. */
    public static final Duration CHANGE_OVER = Duration.ofDays(1);

    public Endpoint {
        EnumSet<EventKind> copy = EnumSet.noneOf(EventKind.class);
        copy.addAll(kinds);
        kinds = Collections.unmodifiableSet(copy);
    }

    public boolean isEnabled() {
        return disabledWhy == null;
    }

    /** Those that sign now, the newest first. */
    public List<EndpointSecret> secrets(Instant now) {
        return formerSecret != null && formerUntil != null && now.isBefore(formerUntil)
                ? List.of(secret, formerSecret)
                : List.of(secret);
    }

    public Endpoint of(URI newUrl, Set<EventKind> newKinds) {
        return new Endpoint(
                id, newUrl, newKinds, secret, formerSecret, formerUntil, createdAt, disabledWhy, failingSince);
    }

    /** With a new secret, while the one before it signs for {@link #CHANGE_OVER} more. */
    public Endpoint withSecret(EndpointSecret newSecret, Instant now) {
        return new Endpoint(
                id, url, kinds, newSecret, secret, now.plus(CHANGE_OVER), createdAt, disabledWhy, failingSince);
    }

    /** It keeps its place. */
    public Endpoint disabled(String why) {
        return new Endpoint(id, url, kinds, secret, formerSecret, formerUntil, createdAt, why, failingSince);
    }

    /** As if nothing had failed. */
    public Endpoint enabled() {
        return new Endpoint(id, url, kinds, secret, formerSecret, formerUntil, createdAt, null, null);
    }

    /** Since then, if at all: null for one that takes what is sent. */
    public Endpoint failing(@Nullable Instant since) {
        return new Endpoint(id, url, kinds, secret, formerSecret, formerUntil, createdAt, disabledWhy, since);
    }
}
