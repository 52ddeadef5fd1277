package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Sql.NOW;
import static dev.flashsale.adapter.jdbc.Sql.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK_LEDGER;
import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.stock.TotalChange;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.CaseWhenStep;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

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

    private static final HotStatement LOCK = new HotStatement(length -> selectStocks(Sql.STATEMENTS, NOW_AFTER_LOCK)
            .where(Sql.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length))
            .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
            .forUpdate());

    private static final HotStatement FIND = new HotStatement(
            length -> selectStocks(Sql.STATEMENTS, NOW).where(Sql.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length)));

    private static final HotStatement SAVE = new HotStatement(length -> Sql.STATEMENTS
            .update(Sql.byKey(FLASHSALE_STOCK))
            .set(FLASHSALE_STOCK.TOTAL, ofEach(FLASHSALE_STOCK.TOTAL, length))
            .set(FLASHSALE_STOCK.AVAILABLE, ofEach(FLASHSALE_STOCK.AVAILABLE, length))
            .where(Sql.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length)));

    private static final HotStatement FIND_COMMITTED = FIND.shared();

    private final Sql sql;

    JdbcStockRepository(Sql sql) {
        this.sql = sql;
    }

    /** Each product's own number, so that one statement writes the stocks of many. */
    private static Field<Integer> ofEach(TableField<?, Integer> field, int length) {
        CaseWhenStep<ProductId, Integer> each =
                case_(FLASHSALE_STOCK.PRODUCT_ID).when(Sql.param(FLASHSALE_STOCK.PRODUCT_ID), Sql.param(field));
        for (int i = 1; i < length; i++) {
            each = each.when(Sql.param(FLASHSALE_STOCK.PRODUCT_ID), Sql.param(field));
        }
        return each;
    }

    @Override
    public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
        return stocks(LOCK, ids);
    }

    @Override
    public AsOf<ProductId, Stock> find(Set<ProductId> ids) {
        return stocks(sql.oldSnapshot() ? FIND_COMMITTED : FIND, ids);
    }

    /** In the order of the ids, also across the statements that a long list takes. */
    private AsOf<ProductId, Stock> stocks(HotStatement statement, Set<ProductId> ids) {
        return sql.asOf(
                sql.query(
                        statement,
                        List.copyOf(new TreeSet<>(ids)),
                        Parameters::addProducts,
                        row -> new Sql.At<>(stock(row), row.time())),
                Stock::productId);
    }

    private static SelectJoinStep<? extends Record> selectStocks(DSLContext dsl, Field<Instant> now) {
        return dsl.select(
                        FLASHSALE_STOCK.PRODUCT_ID,
                        FLASHSALE_STOCK.TOTAL,
                        FLASHSALE_STOCK.AVAILABLE,
                        FLASHSALE_STOCK.MAX_PER_HOLD,
                        FLASHSALE_STOCK.MAX_PER_CUSTOMER,
                        FLASHSALE_STOCK.SALE_STARTS_AT,
                        FLASHSALE_STOCK.SALE_ENDS_AT,
                        now)
                .from(Sql.byKey(FLASHSALE_STOCK));
    }

    private static Stock stock(Row row) throws SQLException {
        return new Stock(
                new ProductId(row.number()),
                row.count(),
                row.count(),
                new SaleRules(row.countIfAny(), row.countIfAny(), new SaleWindow(row.timeIfAny(), row.timeIfAny())));
    }

    @Override
    public void save(Collection<Stock> stocks) {
        Sql.requireAll(stocks, sql.update(SAVE, List.copyOf(stocks), (some, parameters) -> {
            for (Stock stock : some) {
                parameters.add(stock.productId().value()).add(stock.total());
            }
            for (Stock stock : some) {
                parameters.add(stock.productId().value()).add(stock.available());
            }
            for (Stock stock : some) {
                parameters.add(stock.productId().value());
            }
        }));
    }

    @Override
    public void insert(Collection<Stock> stocks) {
        for (Stock stock : stocks) {
            sql.dsl()
                    .insertInto(FLASHSALE_STOCK)
                    .set(FLASHSALE_STOCK.PRODUCT_ID, stock.productId())
                    .set(FLASHSALE_STOCK.TOTAL, stock.total())
                    .set(FLASHSALE_STOCK.AVAILABLE, stock.available())
                    .set(rules(stock.rules()))
                    .execute();
        }
    }

    @Override
    public void saveRules(ProductId id, SaleRules rules) {
        Sql.requireOne(
                id,
                sql.dsl()
                        .update(FLASHSALE_STOCK)
                        .set(rules(rules))
                        .where(FLASHSALE_STOCK.PRODUCT_ID.eq(id))
                        .execute());
    }

    @Override
    public void addToLedger(TotalChange change) {
        sql.dsl()
                .insertInto(FLASHSALE_STOCK_LEDGER)
                .set(FLASHSALE_STOCK_LEDGER.PRODUCT_ID, change.productId())
                .set(FLASHSALE_STOCK_LEDGER.PIECES, change.pieces())
                .set(FLASHSALE_STOCK_LEDGER.ENTERED_AT, change.at())
                .set(FLASHSALE_STOCK_LEDGER.OPERATOR, change.cause().operator())
                .set(FLASHSALE_STOCK_LEDGER.REASON, change.cause().reason())
                .execute();
    }

    @Override
    public List<LedgerRow> ledger(ProductId id, Optional<Long> before, int limit) {
        return sql.dsl()
                .select(
                        FLASHSALE_STOCK_LEDGER.ID,
                        FLASHSALE_STOCK_LEDGER.PRODUCT_ID,
                        FLASHSALE_STOCK_LEDGER.PIECES,
                        FLASHSALE_STOCK_LEDGER.ENTERED_AT,
                        FLASHSALE_STOCK_LEDGER.OPERATOR,
                        FLASHSALE_STOCK_LEDGER.REASON)
                .from(Sql.by(FLASHSALE_STOCK_LEDGER, "flashsale_stock_ledger_by_product"))
                .where(FLASHSALE_STOCK_LEDGER.PRODUCT_ID.eq(id))
                .and(before.map(FLASHSALE_STOCK_LEDGER.ID::lt).orElseGet(DSL::noCondition))
                .orderBy(FLASHSALE_STOCK_LEDGER.ID.desc())
                .limit(limit)
                .fetch(row -> new LedgerRow(
                        row.value1(),
                        new TotalChange(
                                row.value2(), row.value3(), row.value4(), new Cause(row.value5(), row.value6()))));
    }

    private static Map<Field<?>, @Nullable Object> rules(SaleRules rules) {
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(FLASHSALE_STOCK.MAX_PER_HOLD, rules.maxPerHold());
        columns.put(FLASHSALE_STOCK.MAX_PER_CUSTOMER, rules.maxPerCustomer());
        columns.put(FLASHSALE_STOCK.SALE_STARTS_AT, rules.window().startsAt());
        columns.put(FLASHSALE_STOCK.SALE_ENDS_AT, rules.window().endsAt());
        return columns;
    }

    /** One statement, so that the stock and what is over come from one snapshot. */
    @Override
    public AsOf<ProductId, Stock> view(Collection<ProductId> ids) {
        return sql.asOf(
                sql.dsl()
                        .select(
                                FLASHSALE_STOCK.PRODUCT_ID,
                                FLASHSALE_STOCK.TOTAL,
                                FLASHSALE_STOCK.AVAILABLE,
                                FLASHSALE_STOCK.MAX_PER_HOLD,
                                FLASHSALE_STOCK.MAX_PER_CUSTOMER,
                                FLASHSALE_STOCK.SALE_STARTS_AT,
                                FLASHSALE_STOCK.SALE_ENDS_AT,
                                EXPIRED_HOLDS,
                                OVERDUE_ORDERS,
                                NOW)
                        .from(FLASHSALE_STOCK)
                        .where(FLASHSALE_STOCK.PRODUCT_ID.in(ids))
                        .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                        .fetch(),
                NOW,
                row -> row.get(FLASHSALE_STOCK.PRODUCT_ID),
                row -> stock(row)
                        .giveBack(row.get(EXPIRED_HOLDS)
                                .add(row.get(OVERDUE_ORDERS))
                                .intValueExact()));
    }

    private static Stock stock(Record row) {
        return new Stock(
                row.get(FLASHSALE_STOCK.PRODUCT_ID),
                row.get(FLASHSALE_STOCK.TOTAL),
                row.get(FLASHSALE_STOCK.AVAILABLE),
                new SaleRules(
                        row.get(FLASHSALE_STOCK.MAX_PER_HOLD),
                        row.get(FLASHSALE_STOCK.MAX_PER_CUSTOMER),
                        new SaleWindow(
                                row.get(FLASHSALE_STOCK.SALE_STARTS_AT), row.get(FLASHSALE_STOCK.SALE_ENDS_AT))));
    }
}
