package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.RowChecks.notExists;
import static dev.flashsale.adapter.jdbc.RowChecks.orphans;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK_LEDGER;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import java.util.List;
import org.jooq.Condition;

/** Products, stocks and their ledgers that lack or contradict one another. */
final class StockRowChecks {

    private static final Condition STOCK_OF_PRODUCT = FLASHSALE_STOCK.PRODUCT_ID.eq(FLASHSALE_PRODUCT.ID);

    static final List<Query<Integer, Orphan>> ALL = List.of(
            orphans(
                    "product without stock",
                    FLASHSALE_PRODUCT.ID,
                    notExists(selectOne().from(FLASHSALE_STOCK).where(STOCK_OF_PRODUCT))),
            orphans(
                    "stock without product",
                    FLASHSALE_STOCK.PRODUCT_ID,
                    notExists(selectOne().from(FLASHSALE_PRODUCT).where(STOCK_OF_PRODUCT))),
            orphans(
                    "total that its ledger does not add up to",
                    FLASHSALE_STOCK.PRODUCT_ID,
                    Render.pieces(
                                    FLASHSALE_STOCK_LEDGER,
                                    FLASHSALE_STOCK_LEDGER.PIECES,
                                    FLASHSALE_STOCK_LEDGER.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                            .coerce(Integer.class)
                            .ne(FLASHSALE_STOCK.TOTAL)));

    private StockRowChecks() {}
}
