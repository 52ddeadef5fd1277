package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.HoldRows.LINES;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The holds, as requests need them. */
record JdbcHolds(Sql sql) implements HoldRepository {

    /** At REPEATABLE READ a duplicate key would lock the gap before the row that has it, so what is seen is not tried. */
    @Override
    public void insert(Collection<ActiveHold> holds) {
        if (sql.oldSnapshot() && !sql.mayRepeat()) {
            Set<HoldId> known = seen(holds.stream().map(ActiveHold::id).collect(Collectors.toSet()))
                    .rows()
                    .keySet();
            if (!known.isEmpty()) {
                throw Sql.duplicateKey(known);
            }
        }
        insertLines(holds);
    }

    private void insertLines(Collection<ActiveHold> holds) {
        List<HoldLine> only = new ArrayList<>(holds.size());
        List<HoldLine> ofSeveral = new ArrayList<>();
        List<HoldLine> counted = new ArrayList<>();
        for (ActiveHold hold : holds) {
            List<HoldLine> lines = HoldLine.of(hold);
            (lines.size() == 1 ? only : ofSeveral).addAll(lines);
            if (hold.customerId() != null) {
                counted.addAll(lines);
            }
        }
        int unused = sql.update(HoldStatements.INSERT, only);
        unused = sql.update(HoldStatements.INSERT_ONE_OF_SEVERAL, ofSeveral);
        unused = sql.update(CustomerHolds.COUNT, counted);
    }

    @Override
    public AsOf<HoldId, Hold> lock(Set<HoldId> ids) {
        return sql.asOf(lockLines(ids), LINES::wholes);
    }

    /**
     * By whole keys the first lines are locked before the others: whoever waits for one of these has the first one of its
     * hold, but for those who end what has expired, and these wait for no hold.
     */
    List<At<HoldLine>> lockLines(Set<HoldId> ids) {
        return sql.oldSnapshot()
                ? LINES.byNumber(sql, HoldStatements.LOCK_LINES, ids)
                : sql.query(HoldStatements.LOCK, ids);
    }

    @Override
    public List<HoldLine> lockFree(Collection<HoldLine> lines) {
        List<HoldLine> locked = new ArrayList<>();
        lines.stream()
                .collect(Collectors.groupingBy(HoldLine::number))
                .values()
                .forEach(some -> sql.query(
                                HoldStatements.LOCK_FREE_LINES,
                                some.stream().map(LINES::keyOf).toList())
                        .forEach(line -> locked.add(line.value())));
        return locked;
    }

    @Override
    public void extend(Collection<ActiveHold> holds) {
        if (sql.oldSnapshot()) {
            Lined.update(
                    sql,
                    HoldStatements.EXTEND_LINES,
                    holds.stream().flatMap(hold -> HoldLine.of(hold).stream()).toList(),
                    line -> List.of(line.expiresAt(), line.extensions(), line.number()));
            return;
        }
        holds.stream()
                .collect(Collectors.groupingBy(hold -> List.of(hold.expiresAt(), hold.extensions())))
                .values()
                .forEach(some -> Sql.requireAll(
                        some,
                        some.stream().mapToInt(hold -> hold.lines().count()).sum(),
                        sql.update(HoldStatements.EXTEND, some)));
    }

    /** The first line stays the first one: whoever waits for it finds those that are beside it by then. */
    @Override
    public void change(Map<HoldId, ActiveHold> before, Collection<ActiveHold> after) {
        for (ActiveHold hold : after) {
            change(
                    HoldLine.of(Objects.requireNonNull(before.get(hold.id()))),
                    HoldLine.of(hold),
                    hold.customerId() != null);
        }
    }

    private void change(List<HoldLine> before, List<HoldLine> after, boolean counted) {
        int both = Math.min(before.size(), after.size());
        List<HoldLine> changed = new ArrayList<>();
        List<HoldLine> ofAnother = new ArrayList<>();
        for (int i = 0; i < both; i++) {
            HoldLine line = after.get(i);
            if (!line.equals(before.get(i))) {
                changed.add(line);
            }
            if (!line.item().productId().equals(before.get(i).item().productId())) {
                ofAnother.add(line);
            }
        }
        List<HoldLine> added = after.subList(both, after.size());
        List<Line<HoldId>> removed =
                before.subList(both, before.size()).stream().map(LINES::keyOf).toList();
        sql.updateEach(HoldStatements.CHANGE_LINE, changed);
        int unused = sql.update(HoldStatements.ADD_LINE, added);
        sql.updateEach(HoldStatements.DELETE, removed);
        if (counted) {
            sql.updateEach(CustomerHolds.COUNT_FOR_ANOTHER, ofAnother);
            unused = sql.update(CustomerHolds.COUNT, added);
            sql.updateEach(CustomerHolds.COUNT_NO_MORE, removed);
        }
    }

    @Override
    public void end(Collection<EndedHold> holds) {
        if (sql.oldSnapshot()) {
            endLines(holds.stream()
                    .flatMap(hold -> lines(hold).map(line -> new HoldStatements.LineEnd(hold.how(), line)))
                    .toList());
        } else {
            holds.stream()
                    .collect(Collectors.groupingBy(EndedHold::how))
                    .values()
                    .forEach(some -> Sql.requireAll(
                            some,
                            some.stream().mapToInt(hold -> hold.lines().count()).sum(),
                            sql.update(HoldStatements.END, some)));
        }
        sql.updateEach(
                CustomerHolds.COUNT_NO_MORE,
                holds.stream()
                        .filter(hold -> hold.customerId() != null && hold.how() != HoldEnd.ORDERED)
                        .flatMap(JdbcHolds::lines)
                        .toList());
    }

    private static Stream<Line<HoldId>> lines(Hold hold) {
        return Lined.all(hold.id(), hold.lines().count()).stream();
    }

    private void endLines(List<HoldStatements.LineEnd> lines) {
        Lined.update(sql, HoldStatements.END_LINES, lines, HoldStatements.LineEnd::alike);
    }

    @Override
    public void expire(Collection<HoldLine> lines) {
        endLines(lines.stream()
                .map(line -> new HoldStatements.LineEnd(HoldEnd.EXPIRED, LINES.keyOf(line)))
                .toList());
        sql.updateEach(
                CustomerHolds.COUNT_NO_MORE,
                lines.stream()
                        .filter(line -> line.customerId() != null)
                        .map(LINES::keyOf)
                        .toList());
    }

    @Override
    public void countAgain(Set<HoldId> ids) {
        int unused = sql.update(CustomerHolds.COUNT_AGAIN, List.copyOf(ids));
    }

    @Override
    public List<HoldLine> ofCustomers(Map<ProductId, Set<CustomerId>> customers) {
        List<HoldStatements.OfCustomer> all = new ArrayList<>();
        customers.forEach(
                (product, some) -> some.forEach(customer -> all.add(new HoldStatements.OfCustomer(product, customer))));
        return customers.size() == 1
                ? sql.query(
                        sql.oldSnapshot()
                                ? HoldStatements.LOCK_OF_CUSTOMERS_OF_ONE_PRODUCT
                                : HoldStatements.OF_CUSTOMERS_OF_ONE_PRODUCT,
                        all)
                : sql.query(sql.oldSnapshot() ? HoldStatements.LOCK_OF_CUSTOMERS : HoldStatements.OF_CUSTOMERS, all);
    }

    @Override
    public AsOf<HoldId, Hold> find(Set<HoldId> ids) {
        AsOf<HoldId, Hold> found = seen(ids);
        return sql.oldSnapshot() ? committed(ids, found) : found;
    }

    AsOf<HoldId, Hold> seen(Set<HoldId> ids) {
        return sql.asOf(sql.query(HoldStatements.FIND, ids), LINES::wholes);
    }

    /**
     * As they are committed now, and not as an old snapshot has them. What it does not have is inserted and deleted again:
     * that fails for what is there after all, and locks nothing else, unlike a locking read of what is not there, or an
     * insert that is rolled back, both of which lock the gap that others are about to insert into.
     */
    private AsOf<HoldId, Hold> committed(Set<HoldId> ids, AsOf<HoldId, Hold> seen) {
        List<ActiveHold> unseen = ids.stream()
                .filter(id -> !seen.rows().containsKey(id))
                .map(id -> new ActiveHold(id, Lines.of(ProductId.LAST_READABLE, new Quantity(1)), seen.now(), null, 0))
                .toList();
        insertLines(unseen);
        sql.updateEach(
                HoldStatements.DELETE, unseen.stream().flatMap(JdbcHolds::lines).toList());
        return seen.rows().isEmpty() ? seen : lock(seen.rows().keySet());
    }

    @Override
    public List<HoldLine> lockExpired(ProductId productId, int limit) {
        return sql.queryOne(HoldStatements.LOCK_EXPIRED, new HoldStatements.Some(productId, limit));
    }

    @Override
    public Optional<Instant> nextExpiry(ProductId productId) {
        Optional<Instant> seen = sql.first(HoldStatements.NEXT_EXPIRY, productId);
        return sql.oldSnapshot()
                ? sql.first(HoldStatements.NEXT_COMMITTED_EXPIRY, productId).or(() -> seen)
                : seen;
    }
}
