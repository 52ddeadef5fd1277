package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_HOLD;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_ORDER;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PAYMENT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_PRODUCT;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK;
import static dev.flashsale.adapter.jdbc.schema.Tables.FLASHSALE_STOCK_LEDGER;
import static org.jooq.impl.DSL.coalesce;
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
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.PaymentEffect;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;

final class JdbcAuditRepository implements AuditRepository {

    private static final Condition HOLD_IS_ORDERED =
            FLASHSALE_HOLD.STATUS.eq(inline(HoldStatus.ORDERED, FLASHSALE_HOLD.STATUS));

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

    @Override
    public AuditReport audit() {
        return transactions.snapshot(() -> new AuditReport(products(), orphans(), kept()));
    }

    private List<Conservation> products() {
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
                .from(FLASHSALE_STOCK)
                .orderBy(FLASHSALE_STOCK.PRODUCT_ID)
                .fetch(row -> new Conservation(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4().longValueExact(),
                        row.value5().longValueExact(),
                        row.value6().longValueExact()));
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
        Condition paymentIsKept = FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT));
        Condition stockOfProduct = FLASHSALE_STOCK.PRODUCT_ID.eq(FLASHSALE_PRODUCT.ID);
        Condition stockOfHold = FLASHSALE_STOCK.PRODUCT_ID.eq(FLASHSALE_HOLD.PRODUCT_ID);
        Condition holdOfOrder = FLASHSALE_HOLD.ID.eq(FLASHSALE_ORDER.HOLD_ID);
        Condition orderOfPayment = FLASHSALE_ORDER.ID.eq(FLASHSALE_PAYMENT.ORDER_ID);
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
                                LEDGER_TOTAL.coerce(Integer.class).ne(FLASHSALE_STOCK.TOTAL)),
                        orphans(
                                "hold without stock",
                                FLASHSALE_HOLD.ID,
                                notExists(selectOne().from(FLASHSALE_STOCK).where(stockOfHold))),
                        orphans(
                                "ordered hold without order",
                                FLASHSALE_HOLD.ID,
                                HOLD_IS_ORDERED.andNotExists(
                                        selectOne().from(FLASHSALE_ORDER).where(holdOfOrder))),
                        orphans(
                                "order without a hold that is ordered",
                                FLASHSALE_ORDER.ID,
                                notExists(selectOne().from(FLASHSALE_HOLD).where(holdOfOrder.and(HOLD_IS_ORDERED)))),
                        orphans(
                                "decided payment without order",
                                FLASHSALE_PAYMENT.TRANSACTION_ID,
                                FLASHSALE_PAYMENT
                                        .ORDER_STATUS
                                        .isNotNull()
                                        .andNotExists(selectOne()
                                                .from(FLASHSALE_ORDER)
                                                .where(orderOfPayment))),
                        orphans(
                                "payment kept although its order exists",
                                FLASHSALE_PAYMENT.TRANSACTION_ID,
                                paymentIsKept.and(
                                        exists(selectOne().from(FLASHSALE_ORDER).where(orderOfPayment)))))
                .flatMap(List::stream)
                .limit(AuditReport.MAX_ROWS)
                .toList();
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
                .where(FLASHSALE_PAYMENT.EFFECT.eq(inline(PaymentEffect.KEPT, FLASHSALE_PAYMENT.EFFECT)))
                .orderBy(FLASHSALE_PAYMENT.ID)
                .limit(AuditReport.MAX_ROWS)
                .fetch(row -> new KeptPayment(row.value1(), row.value2(), row.value3()));
    }
}
