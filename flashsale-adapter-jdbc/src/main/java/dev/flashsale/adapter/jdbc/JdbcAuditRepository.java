package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_CUSTOMER_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK_LEDGER;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.application.port.AuditReport.KeptPayment;
import dev.flashsale.application.port.AuditReport.Orphan;
import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
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
import org.jooq.TableField;
import org.jooq.impl.DSL;

final class JdbcAuditRepository implements AuditRepository {

    private static final Condition HOLD_IS_ORDERED =
            FLASHSALE_HOLD.STATUS.eq(inline(HoldStatus.ORDERED, FLASHSALE_HOLD.STATUS));
    private static final Condition HOLD_OF_ORDER = FLASHSALE_HOLD.ID.eq(FLASHSALE_ORDER.HOLD_ID);
    private static final Condition ORDER_OF_PAYMENT = FLASHSALE_ORDER.ID.eq(FLASHSALE_PAYMENT.ORDER_ID);
    private static final Condition PAYMENT_IS_KEPT =
            FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT));

    private static final Field<BigDecimal> LEDGER_TOTAL = pieces(
            FLASHSALE_STOCK_LEDGER,
            FLASHSALE_STOCK_LEDGER.PIECES,
            FLASHSALE_STOCK_LEDGER.PRODUCT_ID.eq(FLASHSALE_STOCK.PRODUCT_ID));

    private final Sql sql;
    private final JdbcTransactions transactions;

    JdbcAuditRepository(Sql sql, JdbcTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    /** The first statement of a REPEATABLE READ transaction makes the snapshot that the others see, too. */
    @Override
    public AuditReport audit() {
        return transactions.snapshot(() -> new AuditReport(products(), orphans(), kept()));
    }

    private List<Conservation> products() {
        return selectConservation().orderBy(FLASHSALE_STOCK.PRODUCT_ID).fetch(JdbcAuditRepository::toConservation);
    }

    @Override
    public List<Conservation> conservation(Optional<ProductId> after, int limit, Duration within) {
        return transactions.read(() -> selectConservation()
                .where(after.map(FLASHSALE_STOCK.PRODUCT_ID::gt).orElseGet(DSL::noCondition))
                .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                .limit(limit)
                .queryTimeout(Math.toIntExact(within.toSeconds()))
                .fetch(JdbcAuditRepository::toConservation));
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
        int updated = sql.dsl()
                .update(FLASHSALE_CUSTOMER_HOLD)
                .set(
                        FLASHSALE_CUSTOMER_HOLD.PRODUCT_ID,
                        select(FLASHSALE_HOLD.PRODUCT_ID).from(FLASHSALE_HOLD).where(hold))
                .set(
                        FLASHSALE_CUSTOMER_HOLD.CUSTOMER_ID,
                        select(FLASHSALE_HOLD.CUSTOMER_ID).from(FLASHSALE_HOLD).where(hold))
                .where(FLASHSALE_CUSTOMER_HOLD.HOLD_ID.eq(id))
                .execute();
        if (updated == 0) {
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

    private static Field<BigDecimal> pieces(Table<?> table, Field<Integer> quantity, Condition which) {
        return coalesce(field(select(sum(quantity)).from(table).where(which)), inline(BigDecimal.ZERO));
    }

    private List<Orphan> orphans() {
        return Stream.of(orphansOfStocks(), orphansOfHolds(), orphansOfOrders(), orphansOfPayments())
                .flatMap(checks -> checks)
                .flatMap(List::stream)
                .limit(AuditReport.MAX_ROWS)
                .toList();
    }

    private Stream<List<Orphan>> orphansOfStocks() {
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

    private Stream<List<Orphan>> orphansOfHolds() {
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
                        HOLD_IS_ORDERED.andNotExists(
                                selectOne().from(FLASHSALE_ORDER).where(HOLD_OF_ORDER))),
                orphans(
                        Orphan.NOT_COUNTED,
                        FLASHSALE_HOLD.ID,
                        counts.andNotExists(
                                selectOne().from(FLASHSALE_CUSTOMER_HOLD).where(rowOfHold))),
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

    private Stream<List<Orphan>> orphansOfOrders() {
        return Stream.of(
                orphans(
                        "order without a hold that is ordered",
                        FLASHSALE_ORDER.ID,
                        notExists(selectOne().from(FLASHSALE_HOLD).where(HOLD_OF_ORDER.and(HOLD_IS_ORDERED)))),
                orphans(
                        "order of something else than its hold",
                        FLASHSALE_ORDER.ID,
                        exists(selectOne()
                                .from(FLASHSALE_HOLD)
                                .where(HOLD_OF_ORDER.and(FLASHSALE_HOLD
                                        .PRODUCT_ID
                                        .ne(FLASHSALE_ORDER.PRODUCT_ID)
                                        .or(FLASHSALE_HOLD.QUANTITY.ne(FLASHSALE_ORDER.QUANTITY)))))),
                repeated("hold with several orders", FLASHSALE_ORDER.HOLD_ID, DSL.noCondition()),
                orphans(
                        "paid order without the payment that was applied",
                        FLASHSALE_ORDER.ID,
                        orderIs(OrderStatus.PAID)
                                .andNotExists(selectOne()
                                        .from(FLASHSALE_PAYMENT)
                                        .where(ORDER_OF_PAYMENT.and(applied(PaymentStatus.SUCCESS))))),
                orphans(
                        "failed order without the payment that was applied",
                        FLASHSALE_ORDER.ID,
                        orderIs(OrderStatus.FAILED)
                                .andNotExists(selectOne()
                                        .from(FLASHSALE_PAYMENT)
                                        .where(ORDER_OF_PAYMENT.and(applied(PaymentStatus.FAILED))))));
    }

    private Stream<List<Orphan>> orphansOfPayments() {
        Condition unpaid = orderIs(OrderStatus.PENDING)
                .or(orderIs(OrderStatus.FAILED))
                .or(orderIs(OrderStatus.EXPIRED))
                .or(orderIs(OrderStatus.CANCELLED));
        return Stream.of(
                orphans(
                        "decided payment without order",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        FLASHSALE_PAYMENT
                                .ORDER_STATUS
                                .isNotNull()
                                .andNotExists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT))),
                orphans(
                        "payment kept although its order exists",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        PAYMENT_IS_KEPT.and(
                                exists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT)))),
                orphans(
                        "applied payment whose order is not paid",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        applied(PaymentStatus.SUCCESS)
                                .andExists(selectOne().from(FLASHSALE_ORDER).where(ORDER_OF_PAYMENT.and(unpaid)))),
                orphans(
                        "applied failure whose order is still pending",
                        FLASHSALE_PAYMENT.TRANSACTION_ID,
                        applied(PaymentStatus.FAILED)
                                .andExists(selectOne()
                                        .from(FLASHSALE_ORDER)
                                        .where(ORDER_OF_PAYMENT.and(orderIs(OrderStatus.PENDING))))),
                repeated("transaction recorded more than once", FLASHSALE_PAYMENT.TRANSACTION_ID, DSL.noCondition()),
                repeated(
                        "order to which several payments were applied",
                        FLASHSALE_PAYMENT.ORDER_ID,
                        applied(PaymentStatus.SUCCESS)));
    }

    private static Condition orderIs(OrderStatus status) {
        return FLASHSALE_ORDER.STATUS.eq(inline(status, FLASHSALE_ORDER.STATUS));
    }

    private static Condition applied(PaymentStatus status) {
        return FLASHSALE_PAYMENT
                .EFFECT
                .eq(inline(PaymentEffect.APPLIED, FLASHSALE_PAYMENT.EFFECT))
                .and(FLASHSALE_PAYMENT.STATUS.eq(inline(status, FLASHSALE_PAYMENT.STATUS)));
    }

    /** What there must be one of at most. */
    private List<Orphan> repeated(String what, TableField<?, ?> field, Condition which) {
        return sql.dsl()
                .select(field)
                .from(field.getTable())
                .where(which)
                .groupBy(field)
                .having(count().gt(inline(1)))
                .orderBy(field)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new Orphan(what, row.value1().toString()));
    }

    private List<Orphan> orphans(String what, TableField<?, ?> id, Condition which) {
        return sql.dsl()
                .select(id)
                .from(id.getTable())
                .where(which)
                .orderBy(id)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new Orphan(what, row.value1().toString()));
    }

    private List<KeptPayment> kept() {
        return sql.dsl()
                .select(FLASHSALE_PAYMENT.TRANSACTION_ID, FLASHSALE_PAYMENT.ORDER_ID, FLASHSALE_PAYMENT.RECEIVED_AT)
                .from(FLASHSALE_PAYMENT)
                .where(PAYMENT_IS_KEPT)
                .orderBy(FLASHSALE_PAYMENT.ID)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new KeptPayment(row.value1(), row.value2(), row.value3()));
    }
}
