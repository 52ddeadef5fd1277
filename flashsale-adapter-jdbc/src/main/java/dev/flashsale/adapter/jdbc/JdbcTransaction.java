package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.hold.HoldHousekeeping;
import dev.flashsale.domain.hold.HoldLists;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderHousekeeping;
import dev.flashsale.domain.order.OrderLists;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentHousekeeping;
import dev.flashsale.domain.payment.PaymentLists;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.webhook.EndpointRepository;

/** One run of some work, on one connection. */
record JdbcTransaction(Sql sql, Hooks hooks, Runnable seesEverything) implements Transaction {

    /** In a transaction in which nothing can be waited for. */
    JdbcTransaction(Sql sql, Hooks hooks) {
        this(sql, hooks, () -> {});
    }

    @Override
    public ProductRepository products() {
        return new JdbcProducts(sql);
    }

    @Override
    public StockRepository stocks() {
        return new JdbcStocks(sql);
    }

    @Override
    public HoldRepository holds() {
        return new JdbcHolds(sql);
    }

    @Override
    public OrderRepository orders() {
        return new JdbcOrders(sql);
    }

    @Override
    public PaymentRepository payments() {
        return new JdbcPayments(sql);
    }

    @Override
    public HoldLists holdLists() {
        return new JdbcHoldLists(sql);
    }

    @Override
    public HoldHousekeeping holdHousekeeping() {
        return new JdbcHoldHousekeeping(sql);
    }

    @Override
    public OrderLists orderLists() {
        return new JdbcOrderLists(sql);
    }

    @Override
    public OrderHousekeeping orderHousekeeping() {
        return new JdbcOrderHousekeeping(sql);
    }

    @Override
    public PaymentLists paymentLists() {
        return new JdbcPaymentLists(sql);
    }

    @Override
    public PaymentHousekeeping paymentHousekeeping() {
        return new JdbcPaymentHousekeeping(sql);
    }

    @Override
    public AuditRepository audits() {
        return new JdbcAudits(sql);
    }

    @Override
    public OperatorLog operatorLog() {
        return new JdbcOperatorLog(sql);
    }

    @Override
    public IdempotencyKeyRepository idempotencyKeys() {
        return new JdbcIdempotencyKeys(sql);
    }

    @Override
    public EventRepository events() {
        return new JdbcEvents(sql);
    }

    @Override
    public EndpointRepository endpoints() {
        return new JdbcEndpoints(sql);
    }

    @Override
    public boolean mayRepeat() {
        return sql.mayRepeat();
    }

    @Override
    public void seeEverything() {
        seesEverything.run();
    }

    @Override
    public void afterCommit(Runnable action) {
        hooks.afterCommit(action);
    }

    @Override
    public void afterEnd(Runnable action) {
        hooks.afterEnd(action);
    }
}
