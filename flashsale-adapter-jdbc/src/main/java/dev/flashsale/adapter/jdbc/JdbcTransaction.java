package dev.flashsale.adapter.jdbc;

import dev.flashsale.application.port.AuditRepository;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;

/** One run of some work, on one connection. */
record JdbcTransaction(Sql sql, Hooks hooks) implements Transaction {

    @Override
    public ProductRepository products() {
        return new JdbcProductRepository(sql);
    }

    @Override
    public StockRepository stocks() {
        return new JdbcStockRepository(sql);
    }

    @Override
    public HoldRepository holds() {
        return new JdbcHoldRepository(sql);
    }

    @Override
    public OrderRepository orders() {
        return new JdbcOrderRepository(sql);
    }

    @Override
    public PaymentRepository payments() {
        return new JdbcPaymentRepository(sql);
    }

    @Override
    public AuditRepository audits() {
        return new JdbcAuditRepository(sql);
    }

    @Override
    public OperatorLog operatorLog() {
        return new JdbcOperatorLog(sql);
    }

    @Override
    public IdempotencyKeyRepository idempotencyKeys() {
        return new JdbcIdempotencyKeyRepository(sql);
    }

    @Override
    public boolean mayRepeat() {
        return sql.mayRepeat();
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
