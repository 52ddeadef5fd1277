package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.Sql.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Record;

final class JdbcStockRepository implements StockRepository {

    private static final Field<BigDecimal> EXPIRED_HOLDS = coalesce(
            field(select(sum(FLASHSALE_HOLD.QUANTITY.coerce(Integer.class)))
                    .from(FLASHSALE_HOLD)
                    .where(FLASHSALE_HOLD.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                    .and(FLASHSALE_HOLD.STATUS.eq(inline(HoldStatus.ACTIVE, FLASHSALE_HOLD.STATUS)))
                    .and(FLASHSALE_HOLD.EXPIRES_AT.le(NOW))),
            inline(BigDecimal.ZERO));

    private static final Field<BigDecimal> OVERDUE_ORDERS = coalesce(
            field(select(sum(FLASHSALE_ORDER.QUANTITY.coerce(Integer.class)))
                    .from(FLASHSALE_ORDER)
                    .where(FLASHSALE_ORDER.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))
                    .and(FLASHSALE_ORDER.STATUS.eq(inline(OrderStatus.PENDING, FLASHSALE_ORDER.STATUS)))
                    .and(FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW))),
            inline(BigDecimal.ZERO));

    private final Sql sql;
    private final JdbcTransactions transactions;

    JdbcStockRepository(Sql sql, JdbcTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    @Override
    public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
        return sql.asOf(
                sql.dsl()
                        .select(
                                FLASHSALE_STOCK.PRODUCT_ID,
                                FLASHSALE_STOCK.TOTAL,
                                FLASHSALE_STOCK.AVAILABLE,
                                NOW_AFTER_LOCK)
                        .from(FLASHSALE_STOCK)
                        .where(FLASHSALE_STOCK.PRODUCT_ID.in(ids))
                        .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                        .forUpdate()
                        .fetch(),
                NOW_AFTER_LOCK,
                row -> row.get(FLASHSALE_STOCK.PRODUCT_ID),
                JdbcStockRepository::stock);
    }

    @Override
    public void save(Collection<Stock> stocks) {
        for (Stock stock : stocks) {
            Sql.requireOne(
                    stock.productId(),
                    sql.dsl()
                            .update(FLASHSALE_STOCK)
                            .set(FLASHSALE_STOCK.TOTAL, stock.total())
                            .set(FLASHSALE_STOCK.AVAILABLE, stock.available())
                            .where(FLASHSALE_STOCK.PRODUCT_ID.eq(stock.productId()))
                            .execute());
        }
    }

    @Override
    public void insert(Collection<Stock> stocks) {
        for (Stock stock : stocks) {
            sql.dsl()
                    .insertInto(FLASHSALE_STOCK)
                    .set(FLASHSALE_STOCK.PRODUCT_ID, stock.productId())
                    .set(FLASHSALE_STOCK.TOTAL, stock.total())
                    .set(FLASHSALE_STOCK.AVAILABLE, stock.available())
                    .execute();
        }
    }

    /** One statement, so that the stock and what is over come from one snapshot. */
    @Override
    public Map<ProductId, Stock> view(Collection<ProductId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : transactions.read(() -> sql.dsl()
                        .select(
                                FLASHSALE_STOCK.PRODUCT_ID,
                                FLASHSALE_STOCK.TOTAL,
                                FLASHSALE_STOCK.AVAILABLE,
                                EXPIRED_HOLDS,
                                OVERDUE_ORDERS)
                        .from(FLASHSALE_STOCK)
                        .where(FLASHSALE_STOCK.PRODUCT_ID.in(ids))
                        .fetchMap(
                                FLASHSALE_STOCK.PRODUCT_ID,
                                row -> stock(row)
                                        .giveBack(row.value4().add(row.value5()).intValueExact())));
    }

    private static Stock stock(Record row) {
        return new Stock(
                row.get(FLASHSALE_STOCK.PRODUCT_ID),
                row.get(FLASHSALE_STOCK.TOTAL),
                row.get(FLASHSALE_STOCK.AVAILABLE));
    }
}
