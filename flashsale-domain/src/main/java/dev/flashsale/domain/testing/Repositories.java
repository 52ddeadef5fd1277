package dev.flashsale.domain.testing;

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

/** The domain's secondary ports, all on one database. */
public record Repositories(
        ProductRepository products,
        StockRepository stocks,
        HoldRepository holds,
        OrderRepository orders,
        PaymentRepository payments,
        Lists lists,
        Housekeeping housekeeping,
        OperatorLog operatorLog,
        IdempotencyKeyRepository idempotencyKeys,
        EventRepository events,
        EndpointRepository endpoints) {

    /** What people look at. */
    public record Lists(HoldLists holds, OrderLists orders, PaymentLists payments) {}

    /** What whoever tidies up needs. */
    public record Housekeeping(HoldHousekeeping holds, OrderHousekeeping orders, PaymentHousekeeping payments) {}
}
