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
import java.util.TreeMap;
import java.util.TreeSet;
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
            holds.forEach(hold -> Tables.add(database.tables().holds, hold.id(), hold));
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
                if (!(Tables.existing(table, ended.id()) instanceof ActiveHold active)) {
                    throw new IllegalStateException("ended before: " + ended.id());
                }
                table.put(active.id(), active.end(ended.how()));
            }
        }
    }

    @Override
    public void extend(Collection<ActiveHold> holds) {
        synchronized (database) {
            Map<HoldId, Hold> table = database.tables().holds;
            for (ActiveHold hold : holds) {
                if (!(Tables.existing(table, hold.id()) instanceof ActiveHold active)) {
                    throw new IllegalStateException("ended before: " + hold.id());
                }
                table.put(
                        active.id(),
                        new ActiveHold(
                                active.id(),
                                active.productId(),
                                active.quantity(),
                                hold.expiresAt(),
                                active.customerId(),
                                true));
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
                    .toList();
        }
    }

    @Override
    public AsOf<HoldId, Hold> find(Set<HoldId> ids) {
        synchronized (database) {
            return new AsOf<>(database.now(), Tables.among(database.tables().holds, ids));
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
                    .filter(hold -> after.isEmpty() || hold.id().compareTo(after.get()) > 0)
                    .limit(limit)
                    .forEach(hold -> page.put(hold.id(), hold));
            return new AsOf<>(database.now(), page);
        }
    }

    @Override
    public List<Hold> page(ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit) {
        synchronized (database) {
            return database.tables().holds.values().stream()
                    .filter(hold -> hold.productId().equals(productId) && hold.statusAt(database.now()) == status)
                    .filter(hold -> after.isEmpty() || HoldPosition.of(hold).compareTo(after.get()) > 0)
                    .sorted(Comparator.comparing(HoldPosition::of))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public Set<HoldId> lockFree(Set<HoldId> ids) {
        return new TreeSet<>(find(ids).rows().keySet());
    }

    @Override
    public void delete(Set<HoldId> ids) {
        synchronized (database) {
            Tables.remove(database.tables().holds, ids);
        }
    }

    private Stream<ActiveHold> active(ProductId productId) {
        return active().filter(hold -> hold.productId().equals(productId));
    }

    private Stream<ActiveHold> active() {
        return database.tables().holds.values().stream()
                .filter(ActiveHold.class::isInstance)
                .map(ActiveHold.class::cast);
    }
}
