package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.HoldRows.ACTIVE;
import static dev.flashsale.adapter.jdbc.HoldRows.BY_KEY;
import static dev.flashsale.adapter.jdbc.HoldRows.LINES;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Select;

/** The holds, as whoever tidies up needs them. */
record JdbcHoldHousekeeping(Sql sql) implements HoldHousekeeping {

    static final Query<Integer, ProductId> PRODUCTS_WITH_EXPIRED = query(
            "hold.productsWithExpired",
            HoldRows.BY_STATUS,
            productsWithFirstUntil(NOW),
            (limit, parameters) -> parameters.add(limit.intValue()),
            Row::product);

    record Within(Duration within, int limit) {}

    static final Query<Within, ProductId> PRODUCTS_WITH_ENDING = query(
            "hold.productsWithEnding",
            HoldRows.BY_STATUS,
            productsWithFirstUntil(Render.AGO),
            (of, parameters) -> parameters.add(of.within().negated()).add(of.limit()),
            Row::product);

    /**
     * A scalar subquery with a limit, so that it stays one step into the index for each product. It is ordered by the
     * whole index: by the last column alone, MySQL reads and sorts all of the product's.
     */
    private static Select<?> productsWithFirstUntil(Field<LocalDateTime> moment) {
        return Render.SQL
                .select(FLASHSALE_STOCK.PRODUCT_ID)
                .from(FLASHSALE_STOCK)
                .where(field(select(FLASHSALE_HOLD.EXPIRES_AT)
                                .from(FLASHSALE_HOLD)
                                .where(FLASHSALE_HOLD.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                                .and(ACTIVE)
                                .orderBy(FLASHSALE_HOLD.PRODUCT_ID, FLASHSALE_HOLD.STATUS, FLASHSALE_HOLD.EXPIRES_AT)
                                .limit(Render.ONE))
                        .le(moment))
                .limit(Render.LIMIT);
    }

    record Ending(ProductId product, Instant after, Duration within, int limit) {}

    static final Query<Ending, At<HoldLine>> ENDING = query(
            "hold.ending",
            HoldRows.BY_STATUS,
            HoldRows.select(NOW, Render.by(FLASHSALE_HOLD, HoldRows.BY_STATUS))
                    .where(Render.is(FLASHSALE_HOLD.PRODUCT_ID))
                    .and(ACTIVE)
                    .and(FLASHSALE_HOLD.EXPIRES_AT.gt(Render.param(FLASHSALE_HOLD.EXPIRES_AT)))
                    .and(FLASHSALE_HOLD.EXPIRES_AT.le(Render.AGO))
                    .and(FLASHSALE_HOLD.LINE_NO.eq(Render.ONE))
                    .orderBy(FLASHSALE_HOLD.EXPIRES_AT)
                    .limit(Render.LIMIT),
            (ending, parameters) -> parameters
                    .add(ending.product())
                    .add(ending.after())
                    .add(ending.within().negated())
                    .add(ending.limit()),
            HoldRows::at);

    record Page(Optional<HoldId> after, int limit) {}

    static final Query<Page, Looked<HoldId, HoldLine>> PAGE = query(
            "hold.pageOfAll",
            "PRIMARY",
            HoldRows.select(NOW, BY_KEY)
                    .where(FLASHSALE_HOLD.ID.gt(Render.param(FLASHSALE_HOLD.ID)))
                    .and(FLASHSALE_HOLD.LINE_NO.eq(inline(1)))
                    .orderBy(FLASHSALE_HOLD.ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.addAfter(page.after()).add(Looked.more(page.limit())),
            Looked.at(Row::holdId, HoldRows::at));

    static final Query<HoldId, At<HoldLine>> LOCK_FREE = query(
            "hold.lockFree",
            "PRIMARY",
            length -> HoldRows.select(NOW, BY_KEY)
                    .where(Render.anyOf(FLASHSALE_HOLD.ID, length))
                    .orderBy(FLASHSALE_HOLD.ID, FLASHSALE_HOLD.LINE_NO)
                    .forUpdate()
                    .skipLocked(),
            Bind.HOLDS,
            HoldRows::at);

    @Override
    public List<ProductId> productsWithExpired(int limit) {
        return sql.queryOne(PRODUCTS_WITH_EXPIRED, limit);
    }

    @Override
    public List<ProductId> productsWithEnding(Duration within, int limit) {
        return sql.queryOne(PRODUCTS_WITH_ENDING, new Within(within, limit));
    }

    @Override
    public AsOf<HoldId, Hold> ending(ProductId productId, Instant after, Duration within, int limit) {
        AsOf<HoldId, HoldLine> lines =
                sql.asOf(sql.queryOne(ENDING, new Ending(productId, after, within, limit)), found -> {
                    Map<HoldId, HoldLine> firsts = new LinkedHashMap<>();
                    found.forEach(line -> firsts.put(line.holdId(), line));
                    return firsts;
                });
        Function<HoldLine, Hold> whole = LINES.wholeOf(
                lines.rows().values(), ids -> new JdbcHolds(sql).find(ids).rows());
        Map<HoldId, Hold> holds = new LinkedHashMap<>();
        lines.rows().forEach((id, line) -> holds.put(id, whole.apply(line)));
        return new AsOf<>(lines.now(), holds);
    }

    @Override
    public Slice<HoldId, Hold> page(Optional<HoldId> after, int limit) {
        return Looked.wholes(
                Looked.slice(sql, sql.queryOne(PAGE, new Page(after, limit)), limit),
                LINES,
                ids -> new JdbcHolds(sql).seen(ids).rows());
    }

    /** Of a hold with an active line, the others are not all there are. */
    @Override
    public Map<HoldId, EndedHold> lockEnded(Set<HoldId> ids) {
        List<At<HoldLine>> lines = sql.oldSnapshot()
                ? LINES.byNumber(sql, HoldStatements.LOCK_FREE_LINES, ids)
                : sql.query(LOCK_FREE, ids);
        Map<HoldId, EndedHold> ended = new LinkedHashMap<>();
        LINES.wholes(lines.stream()
                        .map(At::value)
                        .filter(line -> line.status() != HoldStatus.ACTIVE)
                        .toList())
                .forEach((id, hold) -> ended.put(id, (EndedHold) hold));
        return ended;
    }

    /** As the row says: of what is damaged, too. */
    @Override
    public AsOf<HoldId, CustomerId> ofCustomer(CustomerId customerId, int limit) {
        return sql.asOf(
                sql.queryOne(CustomerHolds.OF_ONE, new CustomerHolds.Some(customerId, limit)),
                ids -> ids.stream().distinct().collect(Collectors.toMap(id -> id, id -> customerId)));
    }

    @Override
    public void rename(Set<HoldId> ids, CustomerId from, CustomerId to) {
        List<CustomerHolds.Renamed> renamed = ids.stream()
                .sorted()
                .map(id -> new CustomerHolds.Renamed(id, from, to))
                .toList();
        int unused = sql.update(CustomerHolds.RENAME_HOLDS, renamed);
        unused = sql.update(CustomerHolds.RENAME, renamed);
    }

    @Override
    public void delete(Set<HoldId> ids) {
        List<HoldLine> lines =
                new JdbcHolds(sql).lockLines(ids).stream().map(At::value).toList();
        Sql.requireAll(ids, LINES.wholes(lines).size());
        sql.updateEach(HoldStatements.DELETE, lines.stream().map(LINES::keyOf).toList());
        sql.updateEach(CustomerHolds.DELETE, sql.query(CustomerHolds.ALL, ids));
    }
}
