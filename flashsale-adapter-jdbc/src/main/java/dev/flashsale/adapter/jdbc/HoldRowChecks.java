package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.domain.hold.HoldStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;

/** Holds that lack their stock or their order, or that a limit counts wrongly. */
final class HoldRowChecks extends RowChecks {

    HoldRowChecks(Sql sql) {
        super(sql);
    }

    @Override
    Stream<List<Orphan>> all() {
        Condition stockOfHold = FLASHSALE_STOCK.PRODUCT_ID.eq(FLASHSALE_HOLD.PRODUCT_ID);
        Condition rowOfHold = FLASHSALE_CUSTOMER_HOLD.HOLD_ID.eq(FLASHSALE_HOLD.ID);
        Condition counts = FLASHSALE_HOLD
                .CUSTOMER_ID
                .isNotNull()
                .and(FLASHSALE_HOLD.STATUS.in(
                        inline(HoldStatus.ACTIVE, FLASHSALE_HOLD.STATUS),
                        inline(HoldStatus.ORDERED, FLASHSALE_HOLD.STATUS)));
        Condition differs = FLASHSALE_CUSTOMER_HOLD
                .PRODUCT_ID
                .ne(FLASHSALE_HOLD.PRODUCT_ID)
                .or(FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID.ne(FLASHSALE_HOLD.CUSTOMER_ID));
        return Stream.of(
                orphans(
                        "hold without stock",
                        FLASHSALE_HOLD.ID,
                        notExists(selectOne().from(FLASHSALE_STOCK).where(stockOfHold))),
                orphans(
                        "ordered hold without order",
                        FLASHSALE_HOLD.ID,
                        HOLD_IS_ORDERED.and(
                                notExists(selectOne().from(FLASHSALE_ORDER).where(HOLD_OF_ORDER)))),
                orphans(
                        Orphan.NOT_COUNTED,
                        FLASHSALE_HOLD.ID,
                        counts.and(notExists(
                                selectOne().from(FLASHSALE_CUSTOMER_HOLD).where(rowOfHold)))),
                orphans(
                        Orphan.COUNTED_WRONG,
                        FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                        exists(selectOne()
                                .from(FLASHSALE_HOLD)
                                .where(rowOfHold.and(counts).and(differs)))),
                orphans(
                        "hold that the limit counts although it takes nothing for a customer",
                        FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                        notExists(selectOne().from(FLASHSALE_HOLD).where(rowOfHold.and(counts)))));
    }
}
