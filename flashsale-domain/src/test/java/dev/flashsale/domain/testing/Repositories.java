package dev.flashsale.domain.testing;

import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.operator.OperatorLog;
import dev.flashsale.domain.order.OrderRepository;
import dev.flashsale.domain.payment.PaymentRepository;
import dev.flashsale.domain.product.ProductRepository;
import dev.flashsale.domain.stock.StockRepository;

/** The domain's secondary ports, all on one database. */
public record Repositories(
        ProductRepository products,
        StockRepository stocks,
        HoldRepository holds,
        OrderRepository orders,
        PaymentRepository payments,
        OperatorLog operatorLog,
        IdempotencyKeyRepository idempotencyKeys) {}
