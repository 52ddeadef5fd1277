package dev.flashsale.domain.testing;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointRepository;
import dev.flashsale.domain.webhook.EndpointSecret;
import dev.flashsale.domain.webhook.Lag;
import dev.flashsale.domain.webhook.Position;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Endpoints that are forgotten. */
final class InMemoryEndpoints implements EndpointRepository {

    /** Whose an endpoint is, and until when. */
    record Lease(String relay, Instant until) {}

    /** An event at its place. */
    record Place(EndpointId endpoint, long product, long number) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::endpoint)
                    .thenComparingLong(Place::product)
                    .thenComparingLong(Place::number)
                    .compare(this, other);
        }
    }

    private final InMemoryDatabase database;
    private long lastId;

    InMemoryEndpoints(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Instant now() {
        return database.now();
    }

    @Override
    public List<Endpoint> all() {
        synchronized (database) {
            return List.copyOf(database.tables().endpoints.values());
        }
    }

    @Override
    public Optional<Endpoint> lock(EndpointId id) {
        synchronized (database) {
            return Optional.ofNullable(database.tables().endpoints.get(id));
        }
    }

    @Override
    public Endpoint insert(URI url, Set<EventKind> kinds, EndpointSecret secret) {
        synchronized (database) {
            Endpoint endpoint =
                    new Endpoint(new EndpointId(++lastId), url, kinds, secret, null, null, database.now(), null, null);
            Tables.add(database.tables().endpoints, endpoint.id(), endpoint);
            return endpoint;
        }
    }

    @Override
    public void save(Endpoint endpoint) {
        synchronized (database) {
            Endpoint before = Tables.existing(database.tables().endpoints, endpoint.id());
            database.tables().endpoints.replace(before.id(), endpoint);
        }
    }

    @Override
    public void delete(EndpointId id) {
        synchronized (database) {
            Tables.remove(database.tables().endpoints, List.of(id));
            database.tables().leases.remove(id);
            database.tables().positions.remove(id);
        }
    }

    @Override
    public boolean lease(EndpointId id, String relay, Duration time) {
        synchronized (database) {
            Lease known = database.tables().leases.get(id);
            boolean free = known == null
                    || known.relay().equals(relay)
                    || !database.now().isBefore(known.until());
            if (!free || !database.tables().endpoints.containsKey(id)) {
                return false;
            }
            database.tables().leases.put(id, new Lease(relay, database.now().plus(time)));
            return true;
        }
    }

    @Override
    public void free(EndpointId id, String relay) {
        synchronized (database) {
            Lease known = database.tables().leases.get(id);
            if (known != null && known.relay().equals(relay)) {
                database.tables().leases.remove(id);
            }
        }
    }

    @Override
    public List<Lag> behind(EndpointId id) {
        synchronized (database) {
            Map<Long, Position> positions = database.tables().positions.getOrDefault(id, new TreeMap<>());
            return database.repositories().events().lastNumbers().entrySet().stream()
                    .filter(last -> at(positions, last.getKey()).number() < last.getValue())
                    .map(last -> new Lag(at(positions, last.getKey()), last.getValue()))
                    .toList();
        }
    }

    private static Position at(Map<Long, Position> positions, long product) {
        return positions.getOrDefault(product, Position.at(product, 0));
    }

    @Override
    public void move(EndpointId id, Collection<Position> positions) {
        synchronized (database) {
            NavigableMap<Long, Position> of = database.tables().positions.computeIfAbsent(id, any -> new TreeMap<>());
            positions.forEach(position -> of.put(position.product(), position));
        }
    }

    @Override
    public void record(EndpointId id, Collection<Delivery> deliveries) {
        synchronized (database) {
            deliveries.forEach(delivery ->
                    database.tables().deliveries.put(new Place(id, delivery.product(), delivery.number()), delivery));
        }
    }

    private Stream<Map.Entry<Place, Delivery>> of(EndpointId id) {
        return database.tables().deliveries.entrySet().stream()
                .filter(entry -> entry.getKey().endpoint().equals(id));
    }

    @Override
    public List<Delivery> deliveries(EndpointId id, Optional<Instant> before, int limit) {
        synchronized (database) {
            return of(id).map(Map.Entry::getValue)
                    .filter(delivery -> before.isEmpty() || delivery.at().isBefore(before.get()))
                    .sorted(Comparator.comparing(Delivery::at).reversed())
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public int sendAgain(EndpointId id, String eventId) {
        synchronized (database) {
            List<Map.Entry<Place, Delivery>> found = of(id).filter(
                            entry -> entry.getValue().eventId().equals(eventId))
                    .toList();
            found.forEach(entry -> entry.setValue(entry.getValue().again()));
            return found.size();
        }
    }

    @Override
    public List<Delivery> toSendAgain(EndpointId id, int limit) {
        synchronized (database) {
            return of(id).map(Map.Entry::getValue)
                    .filter(delivery -> delivery.status() == Delivery.Status.AGAIN)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public int forgetDeliveries(Duration age, int limit) {
        synchronized (database) {
            Instant latest = database.now().minus(age);
            List<Place> old = database.tables().deliveries.entrySet().stream()
                    .filter(entry -> !entry.getValue().at().isAfter(latest))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
            old.forEach(database.tables().deliveries::remove);
            return old.size();
        }
    }

    @Override
    public Set<EventKind> wanted() {
        synchronized (database) {
            Set<EventKind> wanted = EnumSet.noneOf(EventKind.class);
            database.tables().readers.forEach((kind, until) -> {
                if (database.now().isBefore(until)) {
                    wanted.add(kind);
                }
            });
            all().stream().filter(Endpoint::isEnabled).map(Endpoint::kinds).forEach(wanted::addAll);
            return wanted;
        }
    }

    @Override
    public void keepFor(Set<EventKind> kinds, Duration time) {
        synchronized (database) {
            Instant until = database.now().plus(time);
            kinds.forEach(kind ->
                    database.tables().readers.merge(kind, until, (one, other) -> one.isAfter(other) ? one : other));
        }
    }
}
