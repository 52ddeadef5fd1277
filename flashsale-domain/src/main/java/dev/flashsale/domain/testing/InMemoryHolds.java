package dev.flashsale.domain.testing;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldLists;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

final class InMemoryHolds implements HoldRepository, HoldLists, HoldHousekeeping {

    private static final Comparator<HoldLine> OLDEST_FIRST =
            Comparator.comparing(HoldLine::expiresAt).thenComparing(HoldLine::holdId);

    private final InMemoryDatabase database;

    InMemoryHolds(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void insert(Collection<ActiveHold> holds) {
        synchronized (database) {
            holds.forEach(hold -> Tables.add(table(), hold.id(), HoldLine.of(hold)));
        }
    }

    @Override
    public AsOf<HoldId, Hold> lock(Set<HoldId> ids) {
        return find(ids);
    }

    @Override
    public void end(Collection<EndedHold> holds) {
        synchronized (database) {
            holds.forEach(hold ->
                    change(hold.id(), line -> active(line).with(hold.how().status())));
        }
    }

    @Override
    public void extend(Collection<ActiveHold> holds) {
        synchronized (database) {
            holds.forEach(hold -> change(hold.id(), line -> active(line).extendedAs(hold)));
        }
    }

    @Override
    public void change(Map<HoldId, ActiveHold> before, Collection<ActiveHold> after) {
        synchronized (database) {
            for (ActiveHold hold : after) {
                List<HoldLine> lines = Tables.existing(table(), hold.id());
                if (!Hold.of(lines).equals(before.get(hold.id()))) {
                    throw new IllegalStateException("not as it was locked: " + hold.id());
                }
                table().put(hold.id(), HoldLine.of(hold));
            }
        }
    }

    private void change(HoldId id, UnaryOperator<HoldLine> how) {
        table().put(id, Tables.existing(table(), id).stream().map(how).toList());
    }

    private static HoldLine active(HoldLine line) {
        if (line.status() != HoldStatus.ACTIVE) {
            throw new IllegalStateException("ended before: " + line.holdId());
        }
        return line;
    }

    @Override
    public AsOf<HoldId, Hold> find(Set<HoldId> ids) {
        synchronized (database) {
            return new AsOf<>(database.now(), wholes(Tables.among(table(), ids)));
        }
    }

    @Override
    public List<HoldLine> lockExpired(ProductId productId, int limit) {
        synchronized (database) {
            return lines(productId)
                    .filter(line -> line.isOverdue(database.now()))
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<HoldLine> lockFree(Collection<HoldLine> lines) {
        synchronized (database) {
            return lines.stream()
                    .flatMap(line -> table().getOrDefault(line.holdId(), List.of()).stream()
                            .filter(now -> now.number() == line.number()))
                    .toList();
        }
    }

    @Override
    public void expire(Collection<HoldLine> lines) {
        synchronized (database) {
            for (HoldLine over : lines) {
                change(
                        over.holdId(),
                        line -> line.number() == over.number() ? active(line).with(HoldStatus.EXPIRED) : line);
            }
        }
    }

    @Override
    public List<HoldLine> ofCustomers(Map<ProductId, Set<CustomerId>> customers) {
        synchronized (database) {
            return lines().filter(line -> line.customerId() != null
                            && customers
                                    .getOrDefault(line.item().productId(), Set.of())
                                    .contains(line.customerId()))
                    .filter(line -> line.status() == HoldStatus.ACTIVE || line.status() == HoldStatus.ORDERED)
                    .toList();
        }
    }

    /** Here a hold's customer is written nowhere else. */
    @Override
    public void countAgain(Set<HoldId> ids) {}

    @Override
    public Optional<Instant> nextExpiry(ProductId productId) {
        synchronized (database) {
            return lines(productId)
                    .filter(line -> line.status() == HoldStatus.ACTIVE)
                    .map(HoldLine::expiresAt)
                    .min(Comparator.naturalOrder());
        }
    }

    @Override
    public List<ProductId> productsWithExpired(int limit) {
        synchronized (database) {
            return lines().filter(line -> line.isOverdue(database.now()))
                    .map(line -> line.item().productId())
                    .distinct()
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public List<ProductId> productsWithEnding(Duration within, int limit) {
        synchronized (database) {
            return lines().filter(line -> line.isOverdue(database.now().plus(within)))
                    .map(line -> line.item().productId())
                    .distinct()
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public AsOf<HoldId, Hold> ending(ProductId productId, Instant after, Duration within, int limit) {
        synchronized (database) {
            Map<HoldId, Hold> holds = new LinkedHashMap<>();
            lines().filter(line -> line.isOverdue(database.now().plus(within))
                            && line.number() == 1
                            && line.item().productId().equals(productId)
                            && line.expiresAt().isAfter(after))
                    .sorted(Comparator.comparing(HoldLine::expiresAt))
                    .limit(limit)
                    .forEach(line -> holds.put(line.holdId(), Hold.of(Tables.existing(table(), line.holdId()))));
            return new AsOf<>(database.now(), holds);
        }
    }

    @Override
    public Slice<HoldId, Hold> page(Optional<HoldId> after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    wholes(table()).entrySet().stream()
                            .filter(row -> after.isEmpty() || row.getKey().compareTo(after.get()) > 0),
                    limit);
        }
    }

    @Override
    public Slice<HoldPosition, Hold> page(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    lines(productId)
                            .filter(line ->
                                    (line.isOverdue(database.now()) ? HoldStatus.EXPIRED : line.status()) == status)
                            .filter(line ->
                                    after.isEmpty() || HoldPosition.of(line).compareTo(after.get()) > 0)
                            .sorted(Comparator.comparing(HoldPosition::of))
                            .map(line ->
                                    Map.entry(HoldPosition.of(line), Hold.of(Tables.existing(table(), line.holdId())))),
                    limit);
        }
    }

    @Override
    public Slice<CustomersPosition, Hold> page(CustomerId customerId, Optional<CustomersPosition> after, int limit) {
        synchronized (database) {
            return Tables.slice(
                    database.now(),
                    database.holds().stream()
                            .filter(hold -> customerId.equals(hold.customerId()))
                            .map(hold -> Map.entry(CustomersPosition.of(hold), hold))
                            .filter(row -> after.isEmpty() || row.getKey().compareTo(after.get()) > 0)
                            .sorted(Map.Entry.comparingByKey()),
                    limit);
        }
    }

    @Override
    public List<HoldLine> counted(ProductId productId, CustomerId customerId, int limit) {
        return ofCustomers(Map.of(productId, Set.of(customerId))).stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Map<HoldId, EndedHold> lockEnded(Set<HoldId> ids) {
        synchronized (database) {
            Map<HoldId, EndedHold> ended = new TreeMap<>();
            Tables.among(table(), ids).forEach((id, lines) -> {
                if (lines.stream().noneMatch(line -> line.status() == HoldStatus.ACTIVE)
                        && Hold.of(lines) instanceof EndedHold hold) {
                    ended.put(id, hold);
                }
            });
            return ended;
        }
    }

    @Override
    public AsOf<HoldId, CustomerId> ofCustomer(CustomerId customerId, int limit) {
        synchronized (database) {
            Map<HoldId, CustomerId> found = new TreeMap<>();
            lines().filter(line -> customerId.equals(line.customerId()))
                    .limit(limit)
                    .forEach(line -> found.put(line.holdId(), customerId));
            return new AsOf<>(database.now(), found);
        }
    }

    @Override
    public void rename(Set<HoldId> ids, CustomerId from, CustomerId to) {
        synchronized (database) {
            Tables.among(table(), ids)
                    .keySet()
                    .forEach(id -> change(id, line -> from.equals(line.customerId()) ? renamed(line, to) : line));
        }
    }

    private static HoldLine renamed(HoldLine line, CustomerId to) {
        return new HoldLine(
                line.holdId(),
                line.number(),
                line.count(),
                line.item(),
                line.expiresAt(),
                to,
                line.status(),
                line.extensions());
    }

    @Override
    public void delete(Set<HoldId> ids) {
        synchronized (database) {
            Tables.remove(table(), ids);
        }
    }

    private Map<HoldId, List<HoldLine>> table() {
        return database.tables().holds;
    }

    private static Map<HoldId, Hold> wholes(Map<HoldId, List<HoldLine>> rows) {
        Map<HoldId, Hold> holds = new TreeMap<>();
        rows.forEach((id, lines) -> holds.put(id, Hold.of(lines)));
        return holds;
    }

    private Stream<HoldLine> lines(ProductId productId) {
        return lines().filter(line -> line.item().productId().equals(productId));
    }

    private Stream<HoldLine> lines() {
        return table().values().stream().flatMap(List::stream);
    }
}
