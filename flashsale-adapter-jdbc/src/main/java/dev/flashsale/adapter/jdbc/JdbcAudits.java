package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Declaration.SCAN;
import static dev.flashsale.adapter.jdbc.Query.query;
import static dev.flashsale.adapter.jdbc.Update.update;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_RETURNED_PIECE;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.when;

import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectJoinStep;
import org.jooq.Table;

record JdbcAudits(Sql sql) implements AuditRepository {

    private static final String PIECES =
            "PRIMARY " + HoldRows.BY_STATUS + " " + OrderRows.BY_STATUS + " flashsale_returned_piece_of";

    /** @param after 0 for the first page */
    record Page(long after, int limit) {}

    static final Query<Page, Conservation> CONSERVATION = query(
            "audit.conservation",
            PIECES,
            selectConservation()
                    .where(FLASHSALE_STOCK.PRODUCT_ID.gt(Render.param(FLASHSALE_STOCK.PRODUCT_ID)))
                    .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                    .limit(Render.LIMIT),
            (page, parameters) -> parameters.add(page.after()).add(page.limit()),
            JdbcAudits::conservation);

    static final Query<ProductId, Conservation> CONSERVATION_OF_ONE = query(
            "audit.conservationOfOne",
            PIECES,
            selectConservation().where(Render.is(FLASHSALE_STOCK.PRODUCT_ID)),
            (product, parameters) -> parameters.add(product),
            JdbcAudits::conservation);

    private static final Condition ON_SALE = FLASHSALE_STOCK
            .SALE_STARTS_AT
            .isNull()
            .or(FLASHSALE_STOCK.SALE_STARTS_AT.le(Render.NOW))
            .and(FLASHSALE_STOCK.SALE_ENDS_AT.isNull().or(FLASHSALE_STOCK.SALE_ENDS_AT.gt(Render.NOW)))
            .and(FLASHSALE_STOCK.RETIRED.isFalse());

    /** Chosen first, so that what is held and ordered is added up for those alone. */
    private static final Table<?> SHOWN = Render.SQL
            .select(FLASHSALE_STOCK.PRODUCT_ID, FLASHSALE_STOCK.TOTAL, FLASHSALE_STOCK.AVAILABLE)
            .from(FLASHSALE_STOCK)
            .orderBy(field(ON_SALE).desc(), FLASHSALE_STOCK.PRODUCT_ID.desc())
            .limit(Render.LIMIT)
            .asTable("shown");

    private static final Field<Long> SHOWN_PRODUCT = inShown(FLASHSALE_STOCK.PRODUCT_ID);

    static final Query<Integer, ProductPieces> PIECES_OF_SHOWN = query(
            "audit.pieces",
            SCAN,
            Render.SQL
                    .select(
                            SHOWN_PRODUCT,
                            inShown(FLASHSALE_STOCK.TOTAL),
                            inShown(FLASHSALE_STOCK.AVAILABLE),
                            Render.pieces(
                                    FLASHSALE_HOLD,
                                    FLASHSALE_HOLD.QUANTITY,
                                    FLASHSALE_HOLD.PRODUCT_ID.eq(SHOWN_PRODUCT).and(HoldRows.ACTIVE)),
                            Render.pieces(
                                    FLASHSALE_ORDER,
                                    FLASHSALE_ORDER.QUANTITY,
                                    FLASHSALE_ORDER.PRODUCT_ID.eq(SHOWN_PRODUCT).and(OrderRows.PENDING)))
                    .from(SHOWN),
            (limit, parameters) -> parameters.add(limit.intValue()),
            row -> new ProductPieces(row.product(), row.number(), row.number(), row.number(), row.number()));

    static final Query<Integer, KeptPayment> KEPT = query(
            "audit.kept",
            SCAN,
            Render.SQL
                    .select(FLASHSALE_PAYMENT.TRANSACTION_ID, FLASHSALE_PAYMENT.ORDER_ID, FLASHSALE_PAYMENT.RECEIVED_AT)
                    .from(FLASHSALE_PAYMENT)
                    .where(RowChecks.PAYMENT_IS_KEPT)
                    .orderBy(FLASHSALE_PAYMENT.ID)
                    .limit(Render.LIMIT),
            (limit, parameters) -> parameters.add(limit.intValue()),
            row -> new KeptPayment(row.transaction(), row.order(), row.time()));

    static final Update<HoldId> COUNT_NO_MORE = update(
            "audit.countNoMore",
            "PRIMARY",
            Render.SQL.deleteFrom(FLASHSALE_CUSTOMER_HOLD).where(Render.is(FLASHSALE_CUSTOMER_HOLD.HOLD_ID)),
            (hold, parameters) -> parameters.add(hold));

    static final Update<HoldId> COUNT = update(
            "audit.count",
            "PRIMARY",
            Render.SQL
                    .insertInto(
                            FLASHSALE_CUSTOMER_HOLD,
                            FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                            FLASHSALE_CUSTOMER_HOLD.LINE_NO,
                            FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                            FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID,
                            FLASHSALE_CUSTOMER_HOLD.COUNTED)
                    .select(select(
                                    FLASHSALE_HOLD.ID,
                                    FLASHSALE_HOLD.LINE_NO,
                                    FLASHSALE_HOLD.PRODUCT_ID,
                                    FLASHSALE_HOLD.CUSTOMER_ID,
                                    when(RowChecks.HOLD_COUNTS, inline(true)).otherwise(inline(false)))
                            .from(FLASHSALE_HOLD)
                            .where(Render.is(FLASHSALE_HOLD.ID))
                            .and(FLASHSALE_HOLD.CUSTOMER_ID.isNotNull())),
            (hold, parameters) -> parameters.add(hold));

    private static <T> Field<T> inShown(Field<T> field) {
        return Objects.requireNonNull(SHOWN.field(field));
    }

    private static SelectJoinStep<?> selectConservation() {
        return Render.SQL
                .select(
                        FLASHSALE_STOCK.PRODUCT_ID,
                        FLASHSALE_STOCK.TOTAL,
                        FLASHSALE_STOCK.AVAILABLE,
                        Render.pieces(
                                FLASHSALE_HOLD,
                                FLASHSALE_HOLD.QUANTITY,
                                FLASHSALE_HOLD
                                        .PRODUCT_ID
                                        .eq(FLASHSALE_STOCK.PRODUCT_ID)
                                        .and(HoldRows.ACTIVE)),
                        ordered(OrderStatus.PENDING),
                        ordered(OrderStatus.PAID, OrderStatus.REFUNDED)
                                .minus(Render.pieces(
                                        FLASHSALE_RETURNED_PIECE,
                                        FLASHSALE_RETURNED_PIECE.QUANTITY,
                                        FLASHSALE_RETURNED_PIECE.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID))))
                .from(FLASHSALE_STOCK);
    }

    private static Field<BigDecimal> ordered(OrderStatus... statuses) {
        return Render.pieces(
                FLASHSALE_ORDER,
                FLASHSALE_ORDER.QUANTITY,
                FLASHSALE_ORDER
                        .PRODUCT_ID
                        .eq(FLASHSALE_STOCK.PRODUCT_ID)
                        .and(Render.is(FLASHSALE_ORDER.STATUS, statuses)));
    }

    /** One statement, so that the stock and what is taken of it come from one snapshot. */
    private static Conservation conservation(Row row) throws SQLException {
        return new Conservation(row.product(), row.number(), row.number(), row.number(), row.number(), row.number());
    }

    @Override
    public AuditReport audit() {
        return new AuditReport(
                sql.queryOne(CONSERVATION, new Page(0, Integer.MAX_VALUE)),
                Stream.concat(
                                Stream.of(
                                                StockRowChecks.ALL,
                                                HoldRowChecks.ALL,
                                                OrderRowChecks.ALL,
                                                PaymentRowChecks.ALL)
                                        .flatMap(List::stream)
                                        .<Orphan>mapMulti((check, orphans) -> sql.queryOne(check, AuditReport.MAX_ROWS)
                                                .forEach(orphans)),
                                CurrencyChecks.ALL.stream().flatMap(check -> check.find(sql, AuditReport.MAX_ROWS)))
                        .limit(AuditReport.MAX_ROWS)
                        .toList(),
                sql.queryOne(KEPT, AuditReport.MAX_ROWS));
    }

    @Override
    public List<Conservation> conservation(Optional<ProductId> after, int limit, Duration within) {
        return sql.within(within)
                .queryOne(CONSERVATION, new Page(after.map(ProductId::value).orElse(0L), limit));
    }

    @Override
    public List<ProductPieces> pieces(int limit, Duration within) {
        return sql.within(within).queryOne(PIECES_OF_SHOWN, limit);
    }

    @Override
    public List<ExpiringPieces> expiring(ProductId id, Duration within) {
        Sql bounded = sql.within(within);
        return ExpiringStatements.pieces(
                bounded.queryOne(ExpiringStatements.HOLDS, id).getFirst(),
                bounded.queryOne(ExpiringStatements.ORDERS, id).getFirst());
    }

    @Override
    public Optional<Conservation> conservation(ProductId id) {
        return sql.first(CONSERVATION_OF_ONE, id);
    }

    @Override
    public void countForCustomer(HoldId id) {
        int unused = sql.updateOne(COUNT_NO_MORE, id);
        if (sql.updateOne(COUNT, id) == 0) {
            throw new IllegalStateException("no hold to count: " + id);
        }
    }
}
