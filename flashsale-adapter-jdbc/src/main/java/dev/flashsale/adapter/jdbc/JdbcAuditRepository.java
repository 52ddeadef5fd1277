package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record6;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

final class JdbcAuditRepository implements AuditRepository {

    private final Sql sql;

    JdbcAuditRepository(Sql sql) {
        this.sql = sql;
    }

    @Override
    public AuditReport audit() {
        return new AuditReport(products(), orphans(), kept());
    }

    private List<Conservation> products() {
        return selectConservation().orderBy(FLASHSALE_STOCK.PRODUCT_ID).fetch(JdbcAuditRepository::toConservation);
    }

    @Override
    public List<Conservation> conservation(Optional<ProductId> after, int limit, Duration within) {
        return selectConservation()
                .where(after.map(FLASHSALE_STOCK.PRODUCT_ID::gt).orElseGet(DSL::noCondition))
                .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                .limit(limit)
                .queryTimeout(Math.toIntExact(within.toSeconds()))
                .fetch(JdbcAuditRepository::toConservation);
    }

    @Override
    public Optional<Conservation> conservation(ProductId id) {
        return selectConservation()
                .where(FLASHSALE_STOCK.PRODUCT_ID.eq(id))
                .fetchOptional(JdbcAuditRepository::toConservation);
    }

    /** One statement, so that the stock and what is taken of it come from one snapshot. */
    private SelectJoinStep<Record6<ProductId, Integer, Integer, BigDecimal, BigDecimal, BigDecimal>>
            selectConservation() {
        Field<BigDecimal> held = pieces(
                FLASHSALE_HOLD,
                FLASHSALE_HOLD.QUANTITY.coerce(Integer.class),
                FLASHSALE_HOLD
                        .PRODUCT_ID
                        .eq(FLASHSALE_STOCK.PRODUCT_ID)
                        .and(FLASHSALE_HOLD.STATUS.eq(inline(HoldStatus.ACTIVE, FLASHSALE_HOLD.STATUS))));
        Field<BigDecimal> pending = ordered(OrderStatus.PENDING);
        Field<BigDecimal> paid = ordered(OrderStatus.PAID, OrderStatus.REFUNDED);
        return sql.dsl()
                .select(
                        FLASHSALE_STOCK.PRODUCT_ID,
                        FLASHSALE_STOCK.TOTAL,
                        FLASHSALE_STOCK.AVAILABLE,
                        held,
                        pending,
                        paid)
                .from(FLASHSALE_STOCK);
    }

    private static Conservation toConservation(
            Record6<ProductId, Integer, Integer, BigDecimal, BigDecimal, BigDecimal> row) {
        return new Conservation(
                row.value1(),
                row.value2(),
                row.value3(),
                row.value4().longValueExact(),
                row.value5().longValueExact(),
                row.value6().longValueExact());
    }

    @Override
    public void countForCustomer(HoldId id) {
        Condition hold = FLASHSALE_HOLD.ID.eq(id);
        int unused = sql.dsl()
                .deleteFrom(FLASHSALE_CUSTOMER_HOLD)
                .where(FLASHSALE_CUSTOMER_HOLD.HOLD_ID.eq(id))
                .execute();
        Sql.requireOne(
                id,
                sql.dsl()
                        .insertInto(
                                FLASHSALE_CUSTOMER_HOLD,
                                FLASHSALE_CUSTOMER_HOLD.HOLD_ID,
                                FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                                FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID)
                        .select(select(FLASHSALE_HOLD.ID, FLASHSALE_HOLD.PRODUCT_ID, FLASHSALE_HOLD.CUSTOMER_ID)
                                .from(FLASHSALE_HOLD)
                                .where(hold))
                        .execute());
    }

    private static Field<BigDecimal> ordered(OrderStatus... statuses) {
        return pieces(
                FLASHSALE_ORDER,
                FLASHSALE_ORDER.QUANTITY.coerce(Integer.class),
                FLASHSALE_ORDER
                        .PRODUCT_ID
                        .eq(FLASHSALE_STOCK.PRODUCT_ID)
                        .and(FLASHSALE_ORDER.STATUS.in(Stream.of(statuses)
                                .map(status -> inline(status, FLASHSALE_ORDER.STATUS))
                                .toList())));
    }

    static Field<BigDecimal> pieces(Table<?> table, Field<Integer> quantity, Condition which) {
        return coalesce(field(select(sum(quantity)).from(table).where(which)), inline(BigDecimal.ZERO));
    }

    private List<Orphan> orphans() {
        return Stream.of(
                        new StockRowChecks(sql),
                        new HoldRowChecks(sql),
                        new OrderRowChecks(sql),
                        new PaymentRowChecks(sql),
                        new LineRowChecks(sql))
                .flatMap(RowChecks::all)
                .flatMap(List::stream)
                .limit(AuditReport.MAX_ROWS)
                .toList();
    }

    private List<KeptPayment> kept() {
        return sql.dsl()
                .select(FLASHSALE_PAYMENT.TRANSACTION_ID, FLASHSALE_PAYMENT.ORDER_ID, FLASHSALE_PAYMENT.RECEIVED_AT)
                .from(FLASHSALE_PAYMENT)
                .where(RowChecks.PAYMENT_IS_KEPT)
                .orderBy(FLASHSALE_PAYMENT.ID)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new KeptPayment(row.value1(), row.value2(), row.value3()));
    }
}
