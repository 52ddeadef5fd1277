package dev.flashsale.domain.testing;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

final class InMemoryHolds implements HoldRepository {

    private static final Comparator<ActiveHold> OLDEST_FIRST =
            Comparator.comparing(ActiveHold::expiresAt).thenComparing(ActiveHold::id);

    private final InMemoryDatabase database;

    InMemoryHolds(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void insert(Collection<ActiveHold> holds) {
        synchronized (database) {
            for (ActiveHold hold : holds) {
                Tables.add(database.tables().holds, hold.id(), hold);
                hold.lines().stream().skip(1).forEach(line -> {
                    Tables.add(database.tables().holds, line.id(), line);
                    database.tables().furtherLines.add(line.id());
                });
            }
        }
    }

    @Override
    public AsOf<HoldId, Hold> lock(Set<HoldId> ids) {
        return find(ids);
    }

    @Override
    public void end(Collection<EndedHold> holds) {
        synchronized (database) {
            Map<HoldId, Hold> table = database.tables().holds;
            for (EndedHold ended : holds) {
                for (HoldId id : ended.lineIds()) {
                    table.put(id, active(table, id).end(ended.how()));
                }
            }
        }
    }

    @Override
    public void extend(Collection<ActiveHold> holds) {
        synchronized (database) {
            Map<HoldId, Hold> table = database.tables().holds;
            for (ActiveHold hold : holds) {
                for (HoldId id : hold.lineIds()) {
                    ActiveHold active = active(table, id);
                    table.put(
                            id,
                            new ActiveHold(
                                    id,
                                    active.productId(),
                                    active.quantity(),
                                    hold.expiresAt(),
                                    active.customerId(),
                                    true,
                                    active.further()));
                }
            }
        }
    }

    @Override
    public List<Hold> ofCustomers(Map<ProductId, Set<CustomerId>> customers) {
        synchronized (database) {
            return database.tables().holds.values().stream()
                    .filter(hold -> hold.customerId() != null
                            && customers
                                    .getOrDefault(hold.productId(), Set.of())
                                    .contains(hold.customerId()))
                    .filter(hold -> hold instanceof ActiveHold || hold.statusAt(database.now()) == HoldStatus.ORDERED)
                    .map(InMemoryHolds::alone)
                    .toList();
        }
    }

    @Override
    public AsOf<HoldId, Hold> find(Set<HoldId> ids) {
        synchronized (database) {
            Map<HoldId, Hold> found = Tables.among(database.tables().holds, ids);
            found.keySet().removeAll(database.tables().furtherLines);
            found.replaceAll((id, hold) -> whole(hold));
            return new AsOf<>(database.now(), found);
        }
    }

    @Override
    public List<ActiveHold> lockExpired(ProductId productId, int limit) {
        synchronized (database) {
            return active(productId)
                    .filter(hold -> !hold.validAt(database.now()))
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<ProductId> productsWithExpired(int limit) {
        synchronized (database) {
            return active().filter(hold -> !hold.validAt(database.now()))
                    .map(ActiveHold::productId)
                    .distinct()
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Optional<Instant> nextExpiry(ProductId productId) {
        synchronized (database) {
            return active(productId).map(ActiveHold::expiresAt).min(Comparator.naturalOrder());
        }
    }

    @Override
    public AsOf<HoldId, Hold> page(Optional<HoldId> after, int limit) {
        synchronized (database) {
            Map<HoldId, Hold> page = new TreeMap<>();
            database.tables().holds.values().stream()
                    .filter(hold -> !database.tables().furtherLines.contains(hold.id()))
                    .filter(hold -> after.isEmpty() || hold.id().compareTo(after.get()) > 0)
                    .limit(limit)
                    .forEach(hold -> page.put(hold.id(), whole(hold)));
            return new AsOf<>(database.now(), page);
        }
    }

    @Override
    public SortedMap<HoldPosition, Hold> page(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit) {
        synchronized (database) {
            SortedMap<HoldPosition, Hold> page = new TreeMap<>();
            database.tables().holds.values().stream()
                    .filter(hold -> hold.productId().equals(productId) && hold.statusAt(database.now()) == status)
                    .filter(hold -> after.isEmpty() || HoldPosition.of(hold).compareTo(after.get()) > 0)
                    .sorted(Comparator.comparing(HoldPosition::of))
                    .limit(limit)
                    .forEach(hold -> page.put(HoldPosition.of(hold), whole(first(hold))));
            return page;
        }
    }

    @Override
    public Map<HoldId, Hold> lockFree(Set<HoldId> ids) {
        synchronized (database) {
            Map<HoldId, Hold> lines = Tables.among(database.tables().holds, ids);
            lines.replaceAll((id, hold) -> alone(hold));
            return lines;
        }
    }

    @Override
    public void delete(Set<HoldId> ids) {
        synchronized (database) {
            Tables.remove(database.tables().holds, ids);
            database.tables().furtherLines.removeAll(ids);
        }
    }

    private static ActiveHold active(Map<HoldId, Hold> table, HoldId id) {
        if (!(Tables.existing(table, id) instanceof ActiveHold active)) {
            throw new IllegalStateException("ended before: " + id);
        }
        return active;
    }

    private Hold first(Hold line) {
        return database.tables().holds.values().stream()
                .filter(hold -> hold.lineIds().contains(line.id()))
                .filter(hold -> !database.tables().furtherLines.contains(hold.id()))
                .findFirst()
                .orElseThrow();
    }

    private Hold whole(Hold first) {
        Map<HoldId, Hold> table = database.tables().holds;
        return Hold.whole(
                alone(first),
                first.lineIds().stream()
                        .skip(1)
                        .map(id -> Tables.existing(table, id))
                        .toList());
    }

    /** The first line has the others with it, so as to know them. */
    private static Hold alone(Hold hold) {
        return switch (hold) {
            case ActiveHold active -> active.lines().getFirst();
            case EndedHold ended ->
                new EndedHold(
                        ended.id(),
                        ended.productId(),
                        ended.quantity(),
                        ended.expiresAt(),
                        ended.customerId(),
                        ended.how());
        };
    }

    private Stream<ActiveHold> active(ProductId productId) {
        return active().filter(hold -> hold.productId().equals(productId));
    }

    private Stream<ActiveHold> active() {
        return database.tables().holds.values().stream()
                .filter(ActiveHold.class::isInstance)
                .map(ActiveHold.class::cast)
                .map(hold -> hold.lines().getFirst());
    }
}
