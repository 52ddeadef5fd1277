package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.CustomerHolds.ROW_OF_HOLD;
import static dev.flashsale.adapter.jdbc.RowChecks.HOLD_COUNTS;
import static dev.flashsale.adapter.jdbc.RowChecks.HOLD_IS_ORDERED;
import static dev.flashsale.adapter.jdbc.RowChecks.HOLD_MUST_COUNT;
import static dev.flashsale.adapter.jdbc.RowChecks.HOLD_OF_ORDER;
import static dev.flashsale.adapter.jdbc.RowChecks.exists;
import static dev.flashsale.adapter.jdbc.RowChecks.notExists;
import static dev.flashsale.adapter.jdbc.RowChecks.oddLines;
import static dev.flashsale.adapter.jdbc.RowChecks.orphans;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.HoldStatus;
import java.util.List;
import org.jooq.Condition;

/** Holds that lack a line, their stock or their order, or that a limit counts wrongly. */
final class HoldRowChecks {

    private static final Condition DIFFERS = FLASHSALE_CUSTOMER_HOLD
            .PRODUCT_ID
            .ne(FLASHSALE_HOLD.PRODUCT_ID)
            .or(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID.ne(FLASHSALE_HOLD.CUSTOMER_ID));

    static final List<Query<Integer, Orphan>> ALL = List.of(
            orphans(
                    "hold without stock",
                    FLASHSALE_HOLD.ID,
                    notExists(selectOne()
                            .from(FLASHSALE_STOCK)
                            .where(FLASHSALE_STOCK.PRODUCT_ID.eq(FLASHSALE_HOLD.PRODUCT_ID)))),
            orphans(
                    "ordered hold without order",
                    FLASHSALE_HOLD.ID,
                    HOLD_IS_ORDERED.and(
                            notExists(selectOne().from(FLASHSALE_ORDER).where(HOLD_OF_ORDER)))),
            orphans(
                    Orphan.NOT_COUNTED,
                    FLASHSALE_HOLD.ID,
                    HOLD_MUST_COUNT.and(notExists(selectOne()
                            .from(FLASHSALE_CUSTOMER_HOLD)
                            .where(ROW_OF_HOLD)
                            .and(CustomerHolds.IS_COUNTED)))),
            orphans(
                    Orphan.NOT_FOUND,
                    FLASHSALE_HOLD.ID,
                    FLASHSALE_HOLD
                            .CUSTOMER_ID
                            .isNotNull()
                            .and(HOLD_MUST_COUNT.not())
                            .and(notExists(
                                    selectOne().from(FLASHSALE_CUSTOMER_HOLD).where(ROW_OF_HOLD)))),
            orphans(
                    Orphan.COUNTED_WRONG,
                    FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                    exists(selectOne().from(FLASHSALE_HOLD).where(ROW_OF_HOLD.and(DIFFERS)))),
            orphans(
                    "hold that the limit counts although it takes nothing for a customer",
                    FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                    notExists(selectOne()
                            .from(FLASHSALE_HOLD)
                            .where(ROW_OF_HOLD.and(HOLD_COUNTS
                                    .or(CustomerHolds.IS_COUNTED.not())
                                    .and(FLASHSALE_HOLD.CUSTOMER_ID.isNotNull()))))),
            oddLines(
                    "hold of several products whose lines do not fit together",
                    FLASHSALE_HOLD.ID,
                    FLASHSALE_HOLD.LINE_COUNT,
                    FLASHSALE_HOLD.STATUS,
                    HoldStatus.ACTIVE,
                    HoldStatus.EXPIRED));

    private HoldRowChecks() {}
}
