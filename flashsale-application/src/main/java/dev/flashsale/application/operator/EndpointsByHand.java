package dev.flashsale.application.operator;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointOutcome;
import dev.flashsale.domain.webhook.EndpointSecret;
import dev.flashsale.domain.webhook.Lag;
import dev.flashsale.domain.webhook.Position;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What operators do about endpoints. An endpoint's row is locked before anything of it is written. */
record EndpointsByHand(Transactions transactions, Cause cause) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** It begins behind what is kept now. */
    EndpointOutcome create(URI url, Set<EventKind> kinds) {
        return transactions.run(tx -> {
            if (tx.endpoints().all().size() >= Endpoint.MOST) {
                return new EndpointOutcome.TooMany(Endpoint.MOST);
            }
            Endpoint endpoint = tx.endpoints().insert(url, kinds, EndpointSecret.random(RANDOM));
            tx.endpoints()
                    .move(
                            endpoint.id(),
                            tx.events().lastNumbers().entrySet().stream()
                                    .map(last -> Position.at(last.getKey(), last.getValue()))
                                    .toList());
            log(tx, Action.ENDPOINT_CREATED, endpoint.id(), described(endpoint), endpoint.createdAt());
            return new EndpointOutcome.Done(endpoint);
        });
    }

    private static String described(Endpoint endpoint) {
        return endpoint.kinds().stream().map(EventKind::word).collect(Collectors.joining(", ")) + " to "
                + endpoint.url();
    }

    EndpointOutcome change(EndpointId id, @Nullable URI url, @Nullable Set<EventKind> kinds) {
        return save(
                id,
                Action.ENDPOINT_CHANGED,
                (endpoint, now) -> endpoint.of(
                        Objects.requireNonNullElse(url, endpoint.url()),
                        Objects.requireNonNullElse(kinds, endpoint.kinds())));
    }

    EndpointOutcome newSecret(EndpointId id) {
        return locked(id, (tx, endpoint) -> {
            Instant now = tx.endpoints().now();
            Endpoint changed = endpoint.withSecret(EndpointSecret.random(RANDOM), now);
            tx.endpoints().save(changed);
            log(tx, Action.ENDPOINT_CHANGED, id, "a new secret", now);
            return new EndpointOutcome.Done(changed);
        });
    }

    /** What has failed is tried again at once. */
    EndpointOutcome enable(EndpointId id) {
        return locked(id, (tx, endpoint) -> {
            if (!endpoint.isEnabled()) {
                Instant now = tx.endpoints().now();
                tx.endpoints().save(endpoint.enabled());
                tx.endpoints()
                        .move(
                                id,
                                tx.endpoints().behind(id).stream()
                                        .map(Lag::position)
                                        .filter(position -> position.attempts() > 0)
                                        .map(position -> Position.at(position.product(), position.number()))
                                        .toList());
                log(tx, Action.ENDPOINT_ENABLED, id, described(endpoint), now);
            }
            return new EndpointOutcome.Done(endpoint.enabled());
        });
    }

    EndpointOutcome disable(EndpointId id) {
        return save(
                id,
                Action.ENDPOINT_DISABLED,
                (endpoint, now) -> endpoint.isEnabled() ? endpoint.disabled(cause.reason()) : endpoint);
    }

    private EndpointOutcome save(EndpointId id, Action action, BiFunction<Endpoint, Instant, Endpoint> change) {
        return locked(id, (tx, endpoint) -> {
            Instant now = tx.endpoints().now();
            Endpoint changed = change.apply(endpoint, now);
            if (!changed.equals(endpoint)) {
                tx.endpoints().save(changed);
                log(tx, action, id, described(changed), now);
            }
            return new EndpointOutcome.Done(changed);
        });
    }

    EndpointOutcome delete(EndpointId id) {
        return locked(id, (tx, endpoint) -> {
            Instant now = tx.endpoints().now();
            tx.endpoints().delete(id);
            log(tx, Action.ENDPOINT_DELETED, id, described(endpoint), now);
            return new EndpointOutcome.Done(endpoint);
        });
    }

    EndpointOutcome sendAgain(EndpointId id, String eventId) {
        return locked(id, (tx, endpoint) -> {
            if (tx.endpoints().sendAgain(id, eventId) == 0) {
                return new EndpointOutcome.UnknownEvent(id, eventId);
            }
            log(
                    tx,
                    Action.ENDPOINT_CHANGED,
                    id,
                    "event " + eventId + " again",
                    tx.endpoints().now());
            return new EndpointOutcome.Done(endpoint);
        });
    }

    private EndpointOutcome locked(EndpointId id, BiFunction<Transaction, Endpoint, EndpointOutcome> work) {
        return transactions.run(tx -> {
            Endpoint endpoint = tx.endpoints().lock(id).orElse(null);
            if (endpoint == null) {
                tx.seeEverything();
                return new EndpointOutcome.UnknownEndpoint(id);
            }
            return work.apply(tx, endpoint);
        });
    }

    private void log(Transaction tx, Action action, EndpointId id, String change, Instant now) {
        String shown =
                change.length() > LogEntry.CHANGE_MAX_LENGTH ? change.substring(0, LogEntry.CHANGE_MAX_LENGTH) : change;
        tx.operatorLog().add(new LogEntry(now, cause, action, id.value(), shown));
    }
}
