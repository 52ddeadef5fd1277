package dev.flashsale.application.event;

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

/** A transaction whose writes are told. */
record ToldTransaction(Transaction all, Story story) implements Transaction {

    @Override
    public ProductRepository products() {
        return all.products();
    }

    @Override
    public StockRepository stocks() {
        return new ToldStocks(all.stocks(), story);
    }

    @Override
    public HoldRepository holds() {
        return new ToldHolds(all.holds(), story);
    }

    @Override
    public OrderRepository orders() {
        return new ToldOrders(all.orders(), story);
    }

    @Override
    public PaymentRepository payments() {
        return new ToldPayments(all.payments(), story);
    }

    @Override
    public HoldLists holdLists() {
        return all.holdLists();
    }

    @Override
    public OrderLists orderLists() {
        return all.orderLists();
    }

    @Override
    public PaymentLists paymentLists() {
        return all.paymentLists();
    }

    @Override
    public HoldHousekeeping holdHousekeeping() {
        return all.holdHousekeeping();
    }

    @Override
    public OrderHousekeeping orderHousekeeping() {
        return all.orderHousekeeping();
    }

    @Override
    public PaymentHousekeeping paymentHousekeeping() {
        return all.paymentHousekeeping();
    }

    @Override
    public AuditRepository audits() {
        return all.audits();
    }

    @Override
    public OperatorLog operatorLog() {
        return all.operatorLog();
    }

    @Override
    public IdempotencyKeyRepository idempotencyKeys() {
        return all.idempotencyKeys();
    }

    @Override
    public EventRepository events() {
        return all.events();
    }

    @Override
    public EndpointRepository endpoints() {
        return all.endpoints();
    }

    @Override
    public boolean mayRepeat() {
        return all.mayRepeat();
    }

    @Override
    public void seeEverything() {
        all.seeEverything();
    }

    @Override
    public void afterCommit(Runnable action) {
        all.afterCommit(action);
    }

    @Override
    public void afterEnd(Runnable action) {
        all.afterEnd(action);
    }
}
