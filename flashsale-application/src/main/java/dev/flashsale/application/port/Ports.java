package dev.flashsale.application.port;

import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;

/** Everything the use cases need of a database, as one adapter provides it. */
public record Ports(
        Transactions transactions,
        ProductRepository products,
        StockRepository stocks,
        HoldRepository holds,
        OrderRepository orders,
        PaymentRepository payments,
        AuditRepository audits,
        OperatorLog operatorLog,
        IdempotencyKeyRepository idempotencyKeys) {}
