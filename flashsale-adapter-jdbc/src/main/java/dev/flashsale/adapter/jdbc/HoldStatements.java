package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.common;
import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.HoldRows.ACTIVE;
import static dev.flashsale.adapter.jdbc.HoldRows.BY_KEY;
import static dev.flashsale.adapter.jdbc.HoldRows.BY_STATUS;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.Render.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static org.jooq.impl.DSL.or;

import dev.flashsale.adapter.jdbc.Lined.Line;
import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.HoldEnd;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Select;

/** What requests send about holds. */
final class HoldStatements {

    private static final String KEY = "PRIMARY";

    /** Most holds have one line: its number and their count are the columns' defaults, so that as little as can be is bound. */
    static final Update<HoldLine> INSERT = HoldRows.insert("hold.insert", List.of(), (line, parameters) -> {});

    static final Update<HoldLine> INSERT_ONE_OF_SEVERAL = HoldRows.insert(
            "hold.insertOneOfSeveral",
            List.of(FLASHSALE_HOLD.LINE_NO, FLASHSALE_HOLD.LINE_COUNT),
            (line, parameters) -> parameters.add(line.number()).add(line.count()));

    /** To a hold that is there and may have been extended. */
    static final Update<HoldLine> ADD_LINE = HoldRows.insert(
            "hold.addLine",
            List.of(FLASHSALE_HOLD.LINE_NO, FLASHSALE_HOLD.LINE_COUNT, FLASHSALE_HOLD.EXTENDED),
            (line, parameters) ->
                    parameters.add(line.number()).add(line.count()).add(line.extensions()));

    static final Query<HoldId, At<HoldLine>> LOCK = query(
            "hold.lock",
            KEY,
            length -> HoldRows.select(NOW_AFTER_LOCK, BY_KEY)
                    .where(Render.anyOf(FLASHSALE_HOLD.ID, length))
                    .orderBy(FLASHSALE_HOLD.ID, FLASHSALE_HOLD.LINE_NO)
                    .forUpdate(),
            Bind.HOLDS,
            HoldRows::at);

    static final Query<HoldId, At<HoldLine>> FIND = query(
            "hold.find",
            KEY,
            length -> HoldRows.select(NOW, BY_KEY)
                    .where(Render.anyOf(FLASHSALE_HOLD.ID, length))
                    .orderBy(FLASHSALE_HOLD.ID, FLASHSALE_HOLD.LINE_NO),
            Bind.HOLDS,
            HoldRows::at);

    static final Query<Line<HoldId>, At<HoldLine>> LOCK_LINES = query(
            "hold.lockLines",
            KEY,
            length -> HoldRows.select(NOW_AFTER_LOCK, BY_KEY)
                    .where(HoldRows.ofOneNumber(length))
                    .orderBy(FLASHSALE_HOLD.ID)
                    .forUpdate(),
            Bind.LINES_OF_HOLDS,
            HoldRows::at);

    static final Query<Line<HoldId>, At<HoldLine>> LOCK_FREE_LINES = query(
                    "hold.lockLines",
                    KEY,
                    length -> HoldRows.select(NOW, BY_KEY).where(HoldRows.ofOneNumber(length)),
                    Bind.LINES_OF_HOLDS,
                    HoldRows::at)
            .skipLocked();

    static final Update<EndedHold> END = update(
            "hold.end",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_HOLD.STATUS, Render.param(FLASHSALE_HOLD.STATUS))
                    .where(Render.anyOf(FLASHSALE_HOLD.ID, length)),
            common((hold, parameters) -> parameters.add(hold.how()), (hold, parameters) -> parameters.add(hold.id())));

    record LineEnd(HoldEnd how, Line<HoldId> line) {
        /** Those of one statement. */
        Object alike() {
            return List.of(how, line.number());
        }
    }

    static final Update<LineEnd> END_LINES = update(
            "hold.endLines",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_HOLD.STATUS, Render.param(FLASHSALE_HOLD.STATUS))
                    .where(HoldRows.ofOneNumber(length)),
            common(
                    (end, parameters) ->
                            parameters.add(end.how()).add(end.line().number()),
                    (end, parameters) -> parameters.add(end.line().of())));

    static final Update<ActiveHold> EXTEND = update(
            "hold.extend",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_HOLD.EXPIRES_AT, Render.param(FLASHSALE_HOLD.EXPIRES_AT))
                    .set(FLASHSALE_HOLD.EXTENDED, Render.param(FLASHSALE_HOLD.EXTENDED))
                    .where(Render.anyOf(FLASHSALE_HOLD.ID, length)),
            common(
                    (hold, parameters) -> parameters.add(hold.expiresAt()).add(hold.extensions()),
                    (hold, parameters) -> parameters.add(hold.id())));

    static final Update<HoldLine> EXTEND_LINES = update(
            "hold.extendLines",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_HOLD.EXPIRES_AT, Render.param(FLASHSALE_HOLD.EXPIRES_AT))
                    .set(FLASHSALE_HOLD.EXTENDED, Render.param(FLASHSALE_HOLD.EXTENDED))
                    .where(HoldRows.ofOneNumber(length)),
            common(
                    (line, parameters) -> parameters
                            .add(line.expiresAt())
                            .add(line.extensions())
                            .add(line.number()),
                    (line, parameters) -> parameters.add(line.holdId())));

    static final Update<HoldLine> CHANGE_LINE = update(
            "hold.changeLine",
            KEY,
            Render.SQL
                    .update(FLASHSALE_HOLD)
                    .set(FLASHSALE_HOLD.PRODUCT_ID, Render.param(FLASHSALE_HOLD.PRODUCT_ID))
                    .set(FLASHSALE_HOLD.QUANTITY, Render.param(FLASHSALE_HOLD.QUANTITY))
                    .set(FLASHSALE_HOLD.LINE_COUNT, Render.param(FLASHSALE_HOLD.LINE_COUNT))
                    .where(Render.is(FLASHSALE_HOLD.ID))
                    .and(Render.is(FLASHSALE_HOLD.LINE_NO)),
            (line, parameters) -> parameters
                    .add(line.item())
                    .add(line.count())
                    .add(line.holdId())
                    .add(line.number()));

    static final Update<Line<HoldId>> DELETE = update(
            "hold.delete",
            KEY,
            Render.SQL
                    .deleteFrom(FLASHSALE_HOLD)
                    .where(Render.is(FLASHSALE_HOLD.ID))
                    .and(Render.is(FLASHSALE_HOLD.LINE_NO)),
            (line, parameters) -> parameters.add(line.of()).add(line.number()));

    record OfCustomer(ProductId product, CustomerId customer) {}

    static final Query<OfCustomer, HoldLine> OF_CUSTOMERS = query(
            "hold.ofCustomers",
            "PRIMARY " + CustomerHolds.OF_CUSTOMER,
            length -> selectOfCustomers(or(Collections.nCopies(
                    length,
                    Render.is(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID)
                            .and(Render.is(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID))))),
            each((of, parameters) -> parameters.add(of.product()).add(of.customer())),
            HoldRows::line);

    /** The usual case, which is less for the server to read and to plan. */
    static final Query<OfCustomer, HoldLine> OF_CUSTOMERS_OF_ONE_PRODUCT = query(
            "hold.ofCustomersOfOneProduct",
            "PRIMARY " + CustomerHolds.OF_CUSTOMER,
            length -> selectOfCustomers(Render.is(FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID)
                    .and(Render.anyOf(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID, length))),
            common((of, parameters) -> parameters.add(of.product()), (of, parameters) -> parameters.add(of.customer())),
            HoldRows::line);

    static final Query<OfCustomer, HoldLine> LOCK_OF_CUSTOMERS = OF_CUSTOMERS.atOnce();
    static final Query<OfCustomer, HoldLine> LOCK_OF_CUSTOMERS_OF_ONE_PRODUCT = OF_CUSTOMERS_OF_ONE_PRODUCT.atOnce();

    record Some(ProductId product, int limit) {}

    static final Query<Some, HoldLine> LOCK_EXPIRED = query(
            "hold.lockExpired",
            BY_STATUS,
            HoldRows.select(NOW, FLASHSALE_HOLD)
                    .where(Render.is(FLASHSALE_HOLD.PRODUCT_ID))
                    .and(ACTIVE)
                    .and(FLASHSALE_HOLD.EXPIRES_AT.le(NOW))
                    .orderBy(FLASHSALE_HOLD.EXPIRES_AT)
                    .limit(Render.LIMIT)
                    .forUpdate()
                    .skipLocked(),
            (some, parameters) -> parameters.add(some.product()).add(some.limit()),
            HoldRows::line);

    /** Ordered by the whole index: by the last column alone, MySQL reads and sorts all of the product's. */
    static final Query<ProductId, Instant> NEXT_EXPIRY = query(
            "hold.nextExpiry",
            BY_STATUS,
            Render.SQL
                    .select(FLASHSALE_HOLD.EXPIRES_AT)
                    .from(FLASHSALE_HOLD)
                    .where(Render.is(FLASHSALE_HOLD.PRODUCT_ID))
                    .and(ACTIVE)
                    .orderBy(FLASHSALE_HOLD.PRODUCT_ID, FLASHSALE_HOLD.STATUS, FLASHSALE_HOLD.EXPIRES_AT)
                    .limit(Render.ONE),
            (product, parameters) -> parameters.add(product),
            Row::time);

    static final Query<ProductId, Instant> NEXT_COMMITTED_EXPIRY = NEXT_EXPIRY.skipLocked();

    /** From the customers' few rows to their holds, whatever the optimizer thinks that there are. */
    private static Select<?> selectOfCustomers(Condition which) {
        return HoldRows.select(NOW, Render.by(FLASHSALE_CUSTOMER_HOLD, CustomerHolds.OF_CUSTOMER))
                .straightJoin(BY_KEY)
                .on(CustomerHolds.ROW_OF_HOLD)
                .where(which)
                .and(CustomerHolds.IS_COUNTED);
    }

    private HoldStatements() {}
}
