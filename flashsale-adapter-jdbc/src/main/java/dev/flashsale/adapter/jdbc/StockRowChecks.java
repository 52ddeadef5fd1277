package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK_LEDGER;
import static org.jooq.impl.DSL.selectOne;

import dev.flashsale.application.port.AuditReport.Orphan;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;

/** Products, stocks and their ledgers that lack or contradict one another. */
final class StockRowChecks extends RowChecks {

    private static final Field<BigDecimal> LEDGER_TOTAL = JdbcAuditRepository.pieces(
            FLASHSALE_STOCK_LEDGER,
            FLASHSALE_STOCK_LEDGER.PIECES,
            FLASHSALE_STOCK_LEDGER.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID));

    StockRowChecks(Sql sql) {
        super(sql);
    }

    @Override
    Stream<List<Orphan>> all() {
        Condition stockOfProduct = FLASHSALE_STOCK.PRODUCT_ID.eq(FLASHSALE_PRODUCT.ID);
        return Stream.of(
                orphans(
                        "product without stock",
                        FLASHSALE_PRODUCT.ID,
                        notExists(selectOne().from(FLASHSALE_STOCK).where(stockOfProduct))),
                orphans(
                        "stock without product",
                        FLASHSALE_STOCK.PRODUCT_ID,
                        notExists(selectOne().from(FLASHSALE_PRODUCT).where(stockOfProduct))),
                orphans(
                        "total that its ledger does not add up to",
                        FLASHSALE_STOCK.PRODUCT_ID,
                        LEDGER_TOTAL.coerce(Integer.class).ne(FLASHSALE_STOCK.TOTAL)));
    }
}
