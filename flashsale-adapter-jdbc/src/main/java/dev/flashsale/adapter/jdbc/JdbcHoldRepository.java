package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.Sql.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

final class JdbcHoldRepository implements HoldRepository {

    private static final Condition ACTIVE = FLASHSALE_HOLD.STATUS.eq(inline(HoldStatus.ACTIVE, FLASHSALE_HOLD.STATUS));

    private static final Condition NOT_A_FURTHER_LINE = FLASHSALE_HOLD.LINE_COUNT.gt(inline((byte) 0));
    private static final Condition A_FURTHER_LINE = FLASHSALE_HOLD.LINE_COUNT.lt(inline((byte) 0));

    private static final HotStatement INSERT =
            new HotStatement(length -> insertRows(length, inline((byte) 1, FLASHSALE_HOLD.LINE_COUNT)));

    private static final HotStatement INSERT_LINES =
            new HotStatement(length -> insertRows(length, Sql.param(FLASHSALE_HOLD.LINE_COUNT)));

    private static final HotStatement INSERT_OF_CUSTOMERS = new HotStatement(JdbcHoldRepository::insertRowsOfCustomers);

    private static final HotStatement LOCK =
            new HotStatement(length -> selectHolds(Sql.STATEMENTS, NOW_AFTER_LOCK, Sql.byKey(FLASHSALE_HOLD))
                    .where(Sql.anyOf(FLASHSALE_HOLD.ID, length))
                    .and(NOT_A_FURTHER_LINE)
                    .orderBy(FLASHSALE_HOLD.ID)
                    .forUpdate());

    private static final HotStatement LOCK_LINES =
            new HotStatement(length -> selectHolds(Sql.STATEMENTS, NOW_AFTER_LOCK, Sql.byKey(FLASHSALE_HOLD))
                    .where(Sql.anyOf(FLASHSALE_HOLD.ID, length))
                    .and(A_FURTHER_LINE)
                    .orderBy(FLASHSALE_HOLD.ID)
                    .forUpdate());

    private static final HotStatement EXTEND = new HotStatement(length -> Sql.STATEMENTS
            .update(Sql.byKey(FLASHSALE_HOLD))
            .set(FLASHSALE_HOLD.EXPIRES_AT, Sql.param(FLASHSALE_HOLD.EXPIRES_AT))
            .set(FLASHSALE_HOLD.EXTENDED, inline(true, FLASHSALE_HOLD.EXTENDED))
            .where(Sql.anyOf(FLASHSALE_HOLD.ID, length)));

    private static final HotStatement OF_CUSTOMERS =
            new HotStatement(length -> selectOfCustomers(or(Collections.nCopies(
                    length,
                    FLASHSALE_CUSTOMER_HOLD
                            .PRODUCT_ID
                            .eq(Sql.param(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID))
                            .and(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID.eq(
                                    Sql.param(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID)))))));

    private static final HotStatement OF_CUSTOMERS_OF_ONE_PRODUCT =
            new HotStatement(length -> selectOfCustomers(FLASHSALE_CUSTOMER_HOLD
                    .PRODUCT_ID
                    .eq(Sql.param(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID))
                    .and(Sql.anyOf(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID, length))));

    private static final Map<HoldEnd, HotStatement> END = new EnumMap<>(HoldEnd.class);

    static {
        for (HoldEnd how : HoldEnd.values()) {
            END.put(
                    how,
                    new HotStatement(length -> Sql.STATEMENTS
                            .update(Sql.byKey(FLASHSALE_HOLD))
                            .set(FLASHSALE_HOLD.STATUS, inline(how.status(), FLASHSALE_HOLD.STATUS))
                            .where(Sql.anyOf(FLASHSALE_HOLD.ID, length))));
        }
    }

    private static final HotStatement LOCK_OF_CUSTOMERS = OF_CUSTOMERS.atOnce();
    private static final HotStatement LOCK_OF_CUSTOMERS_OF_ONE_PRODUCT = OF_CUSTOMERS_OF_ONE_PRODUCT.atOnce();

    private final Sql sql;

    JdbcHoldRepository(Sql sql) {
        this.sql = sql;
    }

    private static Query insertRows(int length, Field<Byte> lineCount) {
        return Sql.STATEMENTS
                .insertInto(
                        FLASHSALE_HOLD,
                        FLASHSALE_HOLD.ID,
                        FLASHSALE_HOLD.PRODUCT_ID,
                        FLASHSALE_HOLD.QUANTITY,
                        FLASHSALE_HOLD.EXPIRES_AT,
                        FLASHSALE_HOLD.CUSTOMER_ID,
                        FLASHSALE_HOLD.LINE_COUNT,
                        FLASHSALE_HOLD.STATUS)
                .valuesOfRows(Collections.nCopies(
                        length,
                        row(
                                Sql.param(FLASHSALE_HOLD.ID),
                                Sql.param(FLASHSALE_HOLD.PRODUCT_ID),
                                Sql.param(FLASHSALE_HOLD.QUANTITY),
                                Sql.param(FLASHSALE_HOLD.EXPIRES_AT),
                                Sql.param(FLASHSALE_HOLD.CUSTOMER_ID),
                                lineCount,
                                inline(HoldStatus.ACTIVE, FLASHSALE_HOLD.STATUS))));
    }

    private static Query insertRowsOfCustomers(int length) {
        return Sql.STATEMENTS
                .insertInto(
                        FLASHSALE_CUSTOMER_HOLD,
                        FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                        FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                        FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID)
                .valuesOfRows(Collections.nCopies(
                        length,
                        row(
                                Sql.param(FLASHSALE_CUSTOMER_HOLD.HOLD_ID),
                                Sql.param(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID),
                                Sql.param(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID))));
    }

    /** From the customers' few rows to their holds, whatever the optimizer thinks that there are. */
    private static Query selectOfCustomers(Condition which) {
        return selectHolds(Sql.STATEMENTS, NOW, Sql.by(FLASHSALE_CUSTOMER_HOLD, "flashsale_customer_hold_of"))
                .straightJoin(Sql.byKey(FLASHSALE_HOLD))
                .on(FLASHSALE_HOLD.ID.eq(FLASHSALE_CUSTOMER_HOLD.HOLD_ID))
                .where(which);
    }

    /** A row of a hold of several products: the first of that many, or the further one of that number, negative. */
    private record Line(ActiveHold hold, int count) {}

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
        insertRows(holds);
    }

    private void insertRows(Collection<ActiveHold> holds) {
        List<ActiveHold> single =
                holds.stream().filter(hold -> hold.further().isEmpty()).toList();
        int unused = sql.update(INSERT, single, (some, parameters) -> {
            for (ActiveHold hold : some) {
                addHold(hold, parameters);
            }
        });
        insertOfCustomers(single);
        if (single.size() < holds.size()) {
            insertLines(holds.stream()
                    .filter(hold -> !hold.further().isEmpty())
                    .flatMap(hold -> lines(hold).stream())
                    .toList());
        }
    }

    private static List<Line> lines(ActiveHold hold) {
        List<ActiveHold> lines = hold.lines();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> new Line(lines.get(i), i == 0 ? lines.size() : -i))
                .toList();
    }

    private void insertLines(List<Line> lines) {
        int unused = sql.update(INSERT_LINES, lines, (some, parameters) -> {
            for (Line line : some) {
                addHold(line.hold(), parameters).add(line.count());
            }
        });
        insertOfCustomers(lines.stream().map(Line::hold).toList());
    }

    private static Parameters addHold(ActiveHold hold, Parameters parameters) throws SQLException {
        return parameters
                .add(hold.id())
                .add(hold.productId().value())
                .add(hold.quantity().value())
                .add(hold.expiresAt())
                .add(hold.customerId());
    }

    private void insertOfCustomers(List<ActiveHold> holds) {
        List<ActiveHold> ofCustomers =
                holds.stream().filter(hold -> hold.customerId() != null).toList();
        int unused = sql.update(INSERT_OF_CUSTOMERS, ofCustomers, (some, parameters) -> {
            for (ActiveHold hold : some) {
                parameters.add(hold.id()).add(hold.productId().value()).add(hold.customerId());
            }
        });
    }

    /**
     * The further lines are locked after the first ones: whoever waits for one has the first of its hold, but for those
     * who end what has expired, and these wait for no hold.
     */
    @Override
    public AsOf<HoldId, Hold> lock(Set<HoldId> ids) {
        Lines lines = new Lines();
        AsOf<HoldId, Hold> first =
                sql.asOf(sql.query(LOCK, List.copyOf(ids), Parameters::addHolds, row -> locked(row, lines)), Hold::id);
        return lines.none()
                ? first
                : lines.whole(
                        first,
                        sql.asOf(
                                sql.query(
                                        LOCK_LINES,
                                        lines.furtherIds(),
                                        Parameters::addHolds,
                                        row -> locked(row, lines)),
                                Hold::id),
                        Hold::id,
                        Hold::whole);
    }

    private static Sql.At<Hold> locked(Row row, Lines lines) throws SQLException {
        Hold hold = hold(row);
        lines.see(hold.id(), row.count());
        return new Sql.At<>(hold, row.time());
    }

    private static Hold hold(Row row) throws SQLException {
        HoldId id = row.holdId();
        ProductId productId = new ProductId(row.number());
        Quantity quantity = new Quantity(row.count());
        HoldStatus status = row.name(HoldStatus.class);
        return hold(new ActiveHold(id, productId, quantity, row.time(), row.customerIfAny(), row.flag()), status);
    }

    @Override
    public void extend(Collection<ActiveHold> holds) {
        Map<Instant, List<HoldId>> byExpiry = holds.stream()
                .collect(Collectors.groupingBy(
                        ActiveHold::expiresAt,
                        Collectors.flatMapping(hold -> hold.lineIds().stream(), Collectors.toList())));
        byExpiry.forEach((expiresAt, ids) -> Sql.requireAll(ids, sql.update(EXTEND, ids, (some, parameters) -> {
            Parameters.addHolds(some, parameters.add(expiresAt));
        })));
    }

    @Override
    public List<Hold> ofCustomers(Map<ProductId, Set<CustomerId>> customers) {
        return customers.size() == 1
                ? ofCustomersOfOneProduct(customers.entrySet().iterator().next())
                : ofCustomersOfMany(customers);
    }

    /** The usual case, which is less for the server to read and to plan. */
    private List<Hold> ofCustomersOfOneProduct(Map.Entry<ProductId, Set<CustomerId>> customers) {
        return sql.query(
                sql.oldSnapshot() ? LOCK_OF_CUSTOMERS_OF_ONE_PRODUCT : OF_CUSTOMERS_OF_ONE_PRODUCT,
                List.copyOf(customers.getValue()),
                (some, parameters) -> {
                    parameters.add(customers.getKey().value());
                    for (CustomerId customer : some) {
                        parameters.add(customer);
                    }
                },
                JdbcHoldRepository::hold);
    }

    private List<Hold> ofCustomersOfMany(Map<ProductId, Set<CustomerId>> customers) {
        List<Map.Entry<ProductId, CustomerId>> pairs = new ArrayList<>();
        customers.forEach((product, some) -> some.forEach(customer -> pairs.add(Map.entry(product, customer))));
        return sql.query(
                sql.oldSnapshot() ? LOCK_OF_CUSTOMERS : OF_CUSTOMERS,
                pairs,
                (some, parameters) -> {
                    for (Map.Entry<ProductId, CustomerId> pair : some) {
                        parameters.add(pair.getKey().value()).add(pair.getValue());
                    }
                },
                JdbcHoldRepository::hold);
    }

    @Override
    public void end(Collection<EndedHold> holds) {
        Map<HoldEnd, List<HoldId>> byEnd = new EnumMap<>(HoldEnd.class);
        for (EndedHold hold : holds) {
            List<HoldId> ids = byEnd.computeIfAbsent(hold.how(), how -> new ArrayList<>());
            if (hold.further().isEmpty()) {
                ids.add(hold.id());
            } else {
                ids.addAll(hold.lineIds());
            }
        }
        byEnd.forEach((how, ids) ->
                Sql.requireAll(ids, sql.update(Objects.requireNonNull(END.get(how)), ids, Parameters::addHolds)));
        sql.delete(
                FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                holds.stream()
                        .filter(hold -> hold.customerId() != null && hold.how() != HoldEnd.ORDERED)
                        .flatMap(hold -> hold.lineIds().stream())
                        .toList());
    }

    @Override
    public AsOf<HoldId, Hold> find(Set<HoldId> ids) {
        AsOf<HoldId, Hold> found = seen(ids);
        return sql.oldSnapshot() ? committed(ids, found) : found;
    }

    private AsOf<HoldId, Hold> seen(Set<HoldId> ids) {
        return whole(selectHolds(sql.dsl(), NOW, Sql.byKey(FLASHSALE_HOLD))
                .where(FLASHSALE_HOLD.ID.in(ids))
                .and(NOT_A_FURTHER_LINE)
                .orderBy(FLASHSALE_HOLD.ID)
                .fetch());
    }

    /**
     * As they are committed now, and not as an old snapshot has them. What it does not have is inserted and deleted again:
     * that fails for what is there after all, and locks nothing else, unlike a locking read of what is not there, or an
     * insert that is rolled back, both of which lock the gap that others are about to insert into.
     */
    private AsOf<HoldId, Hold> committed(Set<HoldId> ids, AsOf<HoldId, Hold> seen) {
        List<ActiveHold> unseen = ids.stream()
                .filter(id -> !seen.rows().containsKey(id))
                .map(id -> new ActiveHold(id, ProductId.LAST_READABLE, new Quantity(1), seen.now()))
                .toList();
        if (!unseen.isEmpty()) {
            insertRows(unseen);
            sql.delete(FLASHSALE_HOLD.ID, unseen.stream().map(ActiveHold::id).toList());
        }
        return seen.rows().isEmpty() ? seen : lock(seen.rows().keySet());
    }

    private AsOf<HoldId, Hold> whole(Result<? extends Record> rows) {
        Lines lines = new Lines();
        rows.forEach(row -> lines.see(row.get(FLASHSALE_HOLD.ID), row.get(FLASHSALE_HOLD.LINE_COUNT)));
        return lines.none()
                ? holds(rows)
                : lines.whole(
                        holds(rows),
                        holds(selectHolds(sql.dsl(), NOW, Sql.byKey(FLASHSALE_HOLD))
                                .where(FLASHSALE_HOLD.ID.in(lines.furtherIds()))
                                .and(A_FURTHER_LINE)
                                .fetch()),
                        Hold::id,
                        Hold::whole);
    }

    private AsOf<HoldId, Hold> holds(Result<? extends Record> rows) {
        return sql.asOf(rows, NOW, row -> row.get(FLASHSALE_HOLD.ID), JdbcHoldRepository::hold);
    }

    @Override
    public List<ActiveHold> lockExpired(ProductId productId, int limit) {
        return selectHolds(sql.dsl(), NOW, FLASHSALE_HOLD)
                .where(FLASHSALE_HOLD.PRODUCT_ID.eq(productId))
                .and(ACTIVE)
                .and(FLASHSALE_HOLD.EXPIRES_AT.le(NOW))
                .orderBy(FLASHSALE_HOLD.EXPIRES_AT)
                .limit(limit)
                .forUpdate()
                .skipLocked()
                .fetch(JdbcHoldRepository::activeHold);
    }

    @Override
    public List<ProductId> productsWithExpired(int limit) {
        return sql.dsl()
                .select(FLASHSALE_STOCK.PRODUCT_ID)
                .from(FLASHSALE_STOCK)
                .where(firstExpiry(FLASHSALE_STOCK.PRODUCT_ID).le(NOW))
                .limit(limit)
                .fetch(FLASHSALE_STOCK.PRODUCT_ID);
    }

    @Override
    public Optional<Instant> nextExpiry(ProductId productId) {
        Optional<Instant> seen = Optional.ofNullable(sql.dsl()
                .select(firstExpiry(inline(productId, FLASHSALE_HOLD.PRODUCT_ID)))
                .fetchSingle()
                .value1());
        return sql.oldSnapshot() ? committedExpiry(productId).or(() -> seen) : seen;
    }

    private Optional<Instant> committedExpiry(ProductId productId) {
        return sql.dsl()
                .select(FLASHSALE_HOLD.EXPIRES_AT)
                .from(FLASHSALE_HOLD)
                .where(FLASHSALE_HOLD.PRODUCT_ID.eq(productId))
                .and(ACTIVE)
                .orderBy(FLASHSALE_HOLD.PRODUCT_ID, FLASHSALE_HOLD.STATUS, FLASHSALE_HOLD.EXPIRES_AT)
                .limit(inline(1))
                .forUpdate()
                .skipLocked()
                .fetchOptional(FLASHSALE_HOLD.EXPIRES_AT);
    }

    @Override
    public AsOf<HoldId, Hold> page(Optional<HoldId> after, int limit) {
        return whole(selectHolds(sql.dsl(), NOW, FLASHSALE_HOLD)
                .where(after.map(FLASHSALE_HOLD.ID::gt).orElseGet(DSL::noCondition))
                .and(NOT_A_FURTHER_LINE)
                .orderBy(FLASHSALE_HOLD.ID)
                .limit(limit)
                .fetch());
    }

    @Override
    public SortedMap<HoldPosition, Hold> page(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit) {
        return switch (status) {
            case ACTIVE ->
                wholes(stored(productId, HoldStatus.ACTIVE, FLASHSALE_HOLD.EXPIRES_AT.gt(NOW), after, limit));
            case ORDERED, RELEASED -> wholes(stored(productId, status, DSL.noCondition(), after, limit));
            case EXPIRED -> {
                // One that is tidied up in between is found twice, and kept once. The other way about it might be
                // missed.
                Condition overdue = FLASHSALE_HOLD.EXPIRES_AT.le(NOW);
                NavigableMap<HoldPosition, Hold> expired =
                        wholes(stored(productId, HoldStatus.ACTIVE, overdue, after, limit));
                expired.putAll(wholes(stored(productId, HoldStatus.EXPIRED, DSL.noCondition(), after, limit)));
                yield Lines.first(limit, expired);
            }
        };
    }

    /** Along the index, and ordered by the whole of it: by less of it, MySQL reads and sorts all of the product's. */
    private Result<? extends Record> stored(
            ProductId productId, HoldStatus status, Condition when, Optional<HoldPosition> after, int limit) {
        return selectHolds(sql.dsl(), NOW, Sql.by(FLASHSALE_HOLD, "flashsale_hold_by_status"))
                .where(FLASHSALE_HOLD.PRODUCT_ID.eq(productId))
                .and(FLASHSALE_HOLD.STATUS.eq(inline(status, FLASHSALE_HOLD.STATUS)))
                .and(when)
                .and(after.map(JdbcHoldRepository::isAfter).orElseGet(DSL::noCondition))
                .orderBy(
                        FLASHSALE_HOLD.PRODUCT_ID,
                        FLASHSALE_HOLD.STATUS,
                        FLASHSALE_HOLD.EXPIRES_AT,
                        FLASHSALE_HOLD.QUANTITY,
                        FLASHSALE_HOLD.ID)
                .limit(limit)
                .fetch();
    }

    /** Where the rows stand, the holds that they are of. A line of what was removed meanwhile stays by itself. */
    private NavigableMap<HoldPosition, Hold> wholes(Result<? extends Record> rows) {
        Set<HoldId> ofSeveral = Lines.ofSeveral(rows, FLASHSALE_HOLD.ID, FLASHSALE_HOLD.LINE_COUNT);
        Map<HoldId, Hold> wholes =
                ofSeveral.isEmpty() ? Map.of() : find(ofSeveral).rows();
        NavigableMap<HoldPosition, Hold> page = new TreeMap<>();
        for (Record row : rows) {
            Hold line = hold(row);
            HoldId id = Lines.whole(line.id(), row.get(FLASHSALE_HOLD.LINE_COUNT));
            page.put(HoldPosition.of(line), wholes.getOrDefault(id, line));
        }
        return page;
    }

    /** Says first where the index is entered: MySQL and MariaDB read all of it to compare rows with one another. */
    private static Condition isAfter(HoldPosition position) {
        return FLASHSALE_HOLD
                .EXPIRES_AT
                .ge(position.expiresAt())
                .and(FLASHSALE_HOLD
                        .EXPIRES_AT
                        .gt(position.expiresAt())
                        .or(FLASHSALE_HOLD.QUANTITY.gt(position.quantity()))
                        .or(FLASHSALE_HOLD.QUANTITY.eq(position.quantity()).and(FLASHSALE_HOLD.ID.gt(position.id()))));
    }

    @Override
    public Map<HoldId, Hold> lockFree(Set<HoldId> ids) {
        return selectHolds(sql.dsl(), NOW, FLASHSALE_HOLD)
                .where(FLASHSALE_HOLD.ID.in(ids))
                .forUpdate()
                .skipLocked()
                .fetchMap(FLASHSALE_HOLD.ID, row -> hold(row));
    }

    @Override
    public void delete(Set<HoldId> ids) {
        sql.delete(FLASHSALE_HOLD.ID, ids);
        sql.delete(
                FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                sql.dsl()
                        .select(FLASHSALE_CUSTOMER_HOLD.HOLD_ID)
                        .from(Sql.byKey(FLASHSALE_CUSTOMER_HOLD))
                        .where(FLASHSALE_CUSTOMER_HOLD.HOLD_ID.in(ids))
                        .fetch(FLASHSALE_CUSTOMER_HOLD.HOLD_ID));
    }

    /**
     * A scalar subquery with a limit, so that it stays one step into the index for each product. It is ordered by the
     * whole index: by the last column alone, MySQL reads and sorts all of the product's.
     */
    private static Field<Instant> firstExpiry(Field<ProductId> productId) {
        return field(select(FLASHSALE_HOLD.EXPIRES_AT)
                .from(FLASHSALE_HOLD)
                .where(FLASHSALE_HOLD.PRODUCT_ID.eq(productId))
                .and(ACTIVE)
                .orderBy(FLASHSALE_HOLD.PRODUCT_ID, FLASHSALE_HOLD.STATUS, FLASHSALE_HOLD.EXPIRES_AT)
                .limit(inline(1)));
    }

    private static SelectJoinStep<? extends Record> selectHolds(
            DSLContext dsl, Field<Instant> now, Table<Record> table) {
        return dsl.select(
                        FLASHSALE_HOLD.ID,
                        FLASHSALE_HOLD.PRODUCT_ID,
                        FLASHSALE_HOLD.QUANTITY,
                        FLASHSALE_HOLD.STATUS,
                        FLASHSALE_HOLD.EXPIRES_AT,
                        FLASHSALE_HOLD.CUSTOMER_ID,
                        FLASHSALE_HOLD.EXTENDED,
                        FLASHSALE_HOLD.LINE_COUNT,
                        now)
                .from(table);
    }

    private static Hold hold(Record row) {
        return hold(activeHold(row), row.get(FLASHSALE_HOLD.STATUS));
    }

    private static Hold hold(ActiveHold hold, HoldStatus status) {
        return switch (status) {
            case ACTIVE -> hold;
            case ORDERED -> hold.end(HoldEnd.ORDERED);
            case RELEASED -> hold.end(HoldEnd.RELEASED);
            case EXPIRED -> hold.end(HoldEnd.EXPIRED);
        };
    }

    private static ActiveHold activeHold(Record row) {
        return new ActiveHold(
                row.get(FLASHSALE_HOLD.ID),
                row.get(FLASHSALE_HOLD.PRODUCT_ID),
                row.get(FLASHSALE_HOLD.QUANTITY),
                row.get(FLASHSALE_HOLD.EXPIRES_AT),
                row.get(FLASHSALE_HOLD.CUSTOMER_ID),
                row.get(FLASHSALE_HOLD.EXTENDED));
    }
}
