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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The holds, as whoever tidies up needs them. */
record JdbcHoldHousekeeping(Sql sql) implements HoldHousekeeping {

    /**
     * A scalar subquery with a limit, so that it stays one step into the index for each product. It is ordered by the
     * whole index: by the last column alone, MySQL reads and sorts all of the product's.
     */
    static final Query<Integer, ProductId> PRODUCTS_WITH_EXPIRED = query(
            "hold.productsWithExpired",
            HoldRows.BY_STATUS,
            Render.SQL
                    .select(FLASHSALE_STOCK.PRODUCT_ID)
                    .from(FLASHSALE_STOCK)
                    .where(field(select(FLASHSALE_HOLD.EXPIRES_AT)
                                    .from(FLASHSALE_HOLD)
                                    .where(FLASHSALE_HOLD.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                                    .and(ACTIVE)
                                    .orderBy(
                                            FLASHSALE_HOLD.PRODUCT_ID, FLASHSALE_HOLD.STATUS, FLASHSALE_HOLD.EXPIRES_AT)
                                    .limit(Render.ONE))
                            .le(NOW))
                    .limit(Render.LIMIT),
            (limit, parameters) -> parameters.add(limit.intValue()),
            Row::product);

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
