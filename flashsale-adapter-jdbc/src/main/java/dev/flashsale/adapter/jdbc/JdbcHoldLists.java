package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.HoldRows.LINES;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;

import dev.flashsale.domain.Slice;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldLists;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The holds, as people look at them. */
record JdbcHoldLists(Sql sql) implements HoldLists {

    /** @param status what was written */
    record Page(ProductId product, HoldStatus status, Optional<HoldPosition> after, int limit) {}

    static final Query<Page, Looked<HoldPosition, HoldLine>> OF_STATUS = page("hold.page", DSL.noCondition());
    static final Query<Page, Looked<HoldPosition, HoldLine>> VALID =
            page("hold.pageOfValid", FLASHSALE_HOLD.EXPIRES_AT.gt(NOW));
    static final Query<Page, Looked<HoldPosition, HoldLine>> OVERDUE =
            page("hold.pageOfOverdue", FLASHSALE_HOLD.EXPIRES_AT.le(NOW));

    /**
     * Along the index, and ordered by the whole of it: by less of it, MySQL reads and sorts all of the product's. Says first
     * where the index is entered: MySQL and MariaDB read all of it to compare rows with one another.
     */
    private static Query<Page, Looked<HoldPosition, HoldLine>> page(String name, Condition when) {
        return query(
                name,
                HoldRows.BY_STATUS,
                HoldRows.select(NOW, Render.by(FLASHSALE_HOLD, HoldRows.BY_STATUS))
                        .where(Render.is(FLASHSALE_HOLD.PRODUCT_ID))
                        .and(Render.is(FLASHSALE_HOLD.STATUS))
                        .and(when)
                        .and(FLASHSALE_HOLD.EXPIRES_AT.ge(Render.param(FLASHSALE_HOLD.EXPIRES_AT)))
                        .and(FLASHSALE_HOLD
                                .EXPIRES_AT
                                .gt(Render.param(FLASHSALE_HOLD.EXPIRES_AT))
                                .or(FLASHSALE_HOLD.QUANTITY.gt(Render.param(FLASHSALE_HOLD.QUANTITY)))
                                .or(Render.is(FLASHSALE_HOLD.QUANTITY)
                                        .and(FLASHSALE_HOLD.ID.gt(Render.param(FLASHSALE_HOLD.ID)))))
                        .orderBy(
                                FLASHSALE_HOLD.PRODUCT_ID,
                                FLASHSALE_HOLD.STATUS,
                                FLASHSALE_HOLD.EXPIRES_AT,
                                FLASHSALE_HOLD.QUANTITY,
                                FLASHSALE_HOLD.ID)
                        .limit(Render.LIMIT),
                (page, parameters) -> {
                    Instant expiresAt =
                            page.after().map(HoldPosition::expiresAt).orElse(Parameters.BEFORE_ALL);
                    int quantity =
                            page.after().map(after -> after.quantity().value()).orElse(0);
                    parameters
                            .add(page.product())
                            .add(page.status())
                            .add(expiresAt)
                            .add(expiresAt)
                            .add(quantity)
                            .add(quantity)
                            .addAfter(page.after().map(HoldPosition::id))
                            .add(Looked.more(page.limit()));
                },
                Looked.at(HoldRows::position, HoldRows::at));
    }

    /** @param after of the list of all, the counted ones and the others */
    record PageOfCustomer(CustomerId customer, boolean counted, Optional<CustomersPosition> after, int limit) {}

    /** Along the index, as a product's are listed, from the customer's rows to their holds. */
    static final Query<PageOfCustomer, Looked<CustomersPosition, HoldLine>> OF_CUSTOMER = query(
            "hold.pageOfCustomer",
            "PRIMARY " + CustomerHolds.OF_CUSTOMER,
            HoldRows.select(NOW, Render.by(FLASHSALE_CUSTOMER_HOLD, CustomerHolds.OF_CUSTOMER))
                    .straightJoin(HoldRows.BY_KEY)
                    .on(CustomerHolds.ROW_OF_HOLD)
                    .where(Render.is(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID))
                    .and(Render.is(FLASHSALE_CUSTOMER_HOLD.COUNTED))
                    .and(FLASHSALE_CUSTOMER_HOLD.LINE_NO.eq(Render.ONE))
                    .and(FLASHSALE_CUSTOMER_HOLD
                            .PRODUCT_ID
                            .gt(Render.param(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID))
                            .or(Render.is(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID)
                                    .and(FLASHSALE_CUSTOMER_HOLD.HOLD_ID.gt(
                                            Render.param(FLASHSALE_CUSTOMER_HOLD.HOLD_ID)))))
                    .orderBy(
                            FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID,
                            FLASHSALE_CUSTOMER_HOLD.COUNTED,
                            FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                            FLASHSALE_CUSTOMER_HOLD.HOLD_ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> {
                long product =
                        page.after().map(after -> after.productId().value()).orElse(0L);
                parameters
                        .add(page.customer())
                        .add(page.counted())
                        .add(product)
                        .add(product)
                        .addAfter(page.after().map(CustomersPosition::id))
                        .add(Looked.more(page.limit()));
            },
            Looked.at(HoldRows::customersPosition, HoldRows::at));

    /** One that counts no more since is found twice, and kept once, as with those that are tidied up. */
    @Override
    public Slice<CustomersPosition, Hold> page(CustomerId customerId, Optional<CustomersPosition> after, int limit) {
        SortedMap<CustomersPosition, Looked<CustomersPosition, HoldLine>> found = new TreeMap<>();
        for (boolean counted : new boolean[] {true, false}) {
            sql.queryOne(OF_CUSTOMER, new PageOfCustomer(customerId, counted, after, limit))
                    .forEach(line -> found.put(line.where(), line));
        }
        return wholes(List.copyOf(found.values()), limit);
    }

    @Override
    public List<HoldLine> counted(ProductId productId, CustomerId customerId, int limit) {
        return sql
                .queryOne(
                        HoldStatements.OF_CUSTOMERS_OF_ONE_PRODUCT,
                        new HoldStatements.OfCustomer(productId, customerId))
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public Slice<HoldPosition, Hold> page(
            ProductId productId, HoldStatus status, Optional<HoldPosition> after, int limit) {
        Page page = new Page(productId, status, after, limit);
        return switch (status) {
            case ACTIVE -> wholes(sql.queryOne(VALID, page), limit);
            case ORDERED, RELEASED -> wholes(sql.queryOne(OF_STATUS, page), limit);
            case EXPIRED -> {
                // One that is tidied up in between is found twice, and kept once. The other way about it might be
                // missed.
                SortedMap<HoldPosition, Looked<HoldPosition, HoldLine>> expired = new TreeMap<>();
                sql.queryOne(OVERDUE, new Page(productId, HoldStatus.ACTIVE, after, limit))
                        .forEach(line -> expired.put(line.where(), line));
                sql.queryOne(OF_STATUS, page).forEach(line -> expired.put(line.where(), line));
                yield wholes(List.copyOf(expired.values()), limit);
            }
        };
    }

    private <K> Slice<K, Hold> wholes(List<Looked<K, HoldLine>> lines, int limit) {
        return Looked.wholes(
                Looked.slice(sql, lines, limit),
                LINES,
                ids -> new JdbcHolds(sql).seen(ids).rows());
    }
}
