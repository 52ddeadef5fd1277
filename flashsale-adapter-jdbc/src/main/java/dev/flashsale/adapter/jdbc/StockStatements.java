package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.Binding.each;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Render.NOW;
import static dev.flashsale.adapter.jdbc.Render.NOW_AFTER_LOCK;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK_LEDGER;
import static org.jooq.impl.DSL.case_;

import dev.flashsale.adapter.jdbc.Sql.At;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import java.sql.SQLException;
import java.util.List;
import org.jooq.CaseWhenStep;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.TableField;

/** What is sent about stocks and their ledgers. */
final class StockStatements {

    private static final String KEY = "PRIMARY";
    private static final Table<Record> BY_KEY = Render.byKey(FLASHSALE_STOCK);

    static final Query<ProductId, At<Stock>> LOCK = query(
            "stock.lock",
            KEY,
            length -> select(BY_KEY, NOW_AFTER_LOCK)
                    .where(Render.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length))
                    .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                    .forUpdate(),
            Bind.PRODUCTS,
            StockStatements::at);

    static final Query<ProductId, At<Stock>> FIND = query(
            "stock.find",
            KEY,
            length -> select(BY_KEY, NOW).where(Render.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length)),
            Bind.PRODUCTS,
            StockStatements::at);

    static final Query<ProductId, At<Stock>> FIND_COMMITTED = FIND.shared();

    /** As if what is over had been given back. */
    static final Query<ProductId, Looked<ProductId, Stock>> VIEW = query(
            "stock.view",
            KEY + " " + HoldRows.BY_STATUS + " " + OrderRows.BY_STATUS,
            length -> select(
                            FLASHSALE_STOCK,
                            NOW,
                            Render.pieces(
                                    FLASHSALE_HOLD,
                                    FLASHSALE_HOLD.QUANTITY,
                                    FLASHSALE_HOLD
                                            .PRODUCT_ID
                                            .eq(FLASHSALE_STOCK.PRODUCT_ID)
                                            .and(HoldRows.ACTIVE)
                                            .and(FLASHSALE_HOLD.EXPIRES_AT.le(NOW))),
                            Render.pieces(
                                    FLASHSALE_ORDER,
                                    FLASHSALE_ORDER.QUANTITY,
                                    FLASHSALE_ORDER
                                            .PRODUCT_ID
                                            .eq(FLASHSALE_STOCK.PRODUCT_ID)
                                            .and(OrderRows.PENDING)
                                            .and(FLASHSALE_ORDER.PAYMENT_DEADLINE.le(NOW))))
                    .where(Render.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length))
                    .orderBy(FLASHSALE_STOCK.PRODUCT_ID),
            Bind.PRODUCTS,
            Looked.at(Row::product, row -> {
                At<Stock> stock = at(row);
                return new At<>(
                        stock.value().seenWith(row.decimal().add(row.decimal()).longValueExact()), stock.time());
            }));

    static final Update<Stock> SAVE = update(
            "stock.save",
            KEY,
            length -> Render.SQL
                    .update(BY_KEY)
                    .set(FLASHSALE_STOCK.TOTAL, ofEach(FLASHSALE_STOCK.TOTAL, length))
                    .set(FLASHSALE_STOCK.AVAILABLE, ofEach(FLASHSALE_STOCK.AVAILABLE, length))
                    .where(Render.anyOf(FLASHSALE_STOCK.PRODUCT_ID, length)),
            (some, parameters) -> {
                for (Stock stock : some) {
                    parameters.add(stock.productId()).add(stock.total());
                }
                for (Stock stock : some) {
                    parameters.add(stock.productId()).add(stock.available());
                }
                for (Stock stock : some) {
                    parameters.add(stock.productId());
                }
            });

    static final Update<Stock> INSERT = update(
            "stock.insert",
            KEY,
            length -> Render.insert(
                    FLASHSALE_STOCK,
                    length,
                    List.of(
                            FLASHSALE_STOCK.PRODUCT_ID,
                            FLASHSALE_STOCK.TOTAL,
                            FLASHSALE_STOCK.AVAILABLE,
                            FLASHSALE_STOCK.MAX_PER_HOLD,
                            FLASHSALE_STOCK.MAX_PER_CUSTOMER,
                            FLASHSALE_STOCK.SALE_STARTS_AT,
                            FLASHSALE_STOCK.SALE_ENDS_AT,
                            FLASHSALE_STOCK.RETIRED)),
            each((stock, parameters) -> {
                parameters.add(stock.productId()).add(stock.total()).add(stock.available());
                addRules(stock.rules(), parameters);
            }));

    record RulesOf(ProductId product, SaleRules rules) {}

    static final Update<RulesOf> SAVE_RULES = update(
            "stock.saveRules",
            KEY,
            Render.SQL
                    .update(FLASHSALE_STOCK)
                    .set(FLASHSALE_STOCK.MAX_PER_HOLD, Render.param(FLASHSALE_STOCK.MAX_PER_HOLD))
                    .set(FLASHSALE_STOCK.MAX_PER_CUSTOMER, Render.param(FLASHSALE_STOCK.MAX_PER_CUSTOMER))
                    .set(FLASHSALE_STOCK.SALE_STARTS_AT, Render.param(FLASHSALE_STOCK.SALE_STARTS_AT))
                    .set(FLASHSALE_STOCK.SALE_ENDS_AT, Render.param(FLASHSALE_STOCK.SALE_ENDS_AT))
                    .set(FLASHSALE_STOCK.RETIRED, Render.param(FLASHSALE_STOCK.RETIRED))
                    .where(Render.is(FLASHSALE_STOCK.PRODUCT_ID)),
            (of, parameters) -> {
                addRules(of.rules(), parameters);
                parameters.add(of.product());
            });

    static final Update<TotalChange> ADD_TO_LEDGER = update(
            "ledger.add",
            KEY,
            length -> Render.insert(
                    FLASHSALE_STOCK_LEDGER,
                    length,
                    List.of(
                            FLASHSALE_STOCK_LEDGER.PRODUCT_ID,
                            FLASHSALE_STOCK_LEDGER.PIECES,
                            FLASHSALE_STOCK_LEDGER.ENTERED_AT,
                            FLASHSALE_STOCK_LEDGER.OPERATOR,
                            FLASHSALE_STOCK_LEDGER.REASON)),
            each((change, parameters) -> parameters
                    .add(change.productId())
                    .add(change.pieces())
                    .add(change.at())
                    .add(change.cause().operator())
                    .add(change.cause().reason())));

    record Page(ProductId product, long before, int limit) {}

    static final Query<Page, Looked<Long, LedgerRow>> LEDGER = query(
            "ledger.page",
            "flashsale_stock_ledger_by_product",
            Render.SQL
                    .select(
                            FLASHSALE_STOCK_LEDGER.ID,
                            FLASHSALE_STOCK_LEDGER.PRODUCT_ID,
                            FLASHSALE_STOCK_LEDGER.PIECES,
                            FLASHSALE_STOCK_LEDGER.ENTERED_AT,
                            FLASHSALE_STOCK_LEDGER.OPERATOR,
                            FLASHSALE_STOCK_LEDGER.REASON,
                            NOW)
                    .from(Render.by(FLASHSALE_STOCK_LEDGER, "flashsale_stock_ledger_by_product"))
                    .where(Render.is(FLASHSALE_STOCK_LEDGER.PRODUCT_ID))
                    .and(FLASHSALE_STOCK_LEDGER.ID.lt(Render.param(FLASHSALE_STOCK_LEDGER.ID)))
                    .orderBy(FLASHSALE_STOCK_LEDGER.ID.desc())
                    .limit(Render.LIMIT),
            (page, parameters) ->
                    parameters.add(page.product()).add(page.before()).add(Looked.more(page.limit())),
            Looked.at(Row::number, row -> {
                LedgerRow entered = new LedgerRow(
                        row.number(),
                        new TotalChange(row.product(), row.count(), row.time(), new Cause(row.text(), row.text())));
                return new At<>(entered, row.time());
            }));

    private StockStatements() {}

    private static SelectJoinStep<?> select(Table<Record> table, Field<?>... more) {
        return Render.SQL
                .select(
                        FLASHSALE_STOCK.PRODUCT_ID,
                        FLASHSALE_STOCK.TOTAL,
                        FLASHSALE_STOCK.AVAILABLE,
                        FLASHSALE_STOCK.MAX_PER_HOLD,
                        FLASHSALE_STOCK.MAX_PER_CUSTOMER,
                        FLASHSALE_STOCK.SALE_STARTS_AT,
                        FLASHSALE_STOCK.SALE_ENDS_AT,
                        FLASHSALE_STOCK.RETIRED)
                .select(more)
                .from(table);
    }

    private static At<Stock> at(Row row) throws SQLException {
        Stock stock = new Stock(
                row.product(),
                row.count(),
                row.count(),
                new SaleRules(
                        row.countIfAny(),
                        row.countIfAny(),
                        new SaleWindow(row.timeIfAny(), row.timeIfAny()),
                        row.flag()));
        return new At<>(stock, row.time());
    }

    private static void addRules(SaleRules rules, Parameters parameters) throws SQLException {
        parameters
                .add(rules.maxPerHold())
                .add(rules.maxPerCustomer())
                .add(rules.window().startsAt())
                .add(rules.window().endsAt())
                .add(rules.retired());
    }

    /** Each product's own number, so that one statement writes the stocks of many. */
    private static Field<Integer> ofEach(TableField<?, Integer> field, int length) {
        CaseWhenStep<Long, Integer> each =
                case_(FLASHSALE_STOCK.PRODUCT_ID).when(Render.param(FLASHSALE_STOCK.PRODUCT_ID), Render.param(field));
        for (int i = 1; i < length; i++) {
            each = each.when(Render.param(FLASHSALE_STOCK.PRODUCT_ID), Render.param(field));
        }
        return each;
    }
}
