package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.admission.UseCases;
import dev.flashsale.application.AdjustStock;
import dev.flashsale.application.CancelOrder;
import dev.flashsale.application.ChangeProduct;
import dev.flashsale.application.CloseSale;
import dev.flashsale.application.CreateProduct;
import dev.flashsale.application.CreateProductOnce;
import dev.flashsale.application.ExtendHold;
import dev.flashsale.application.ListAllOrders;
import dev.flashsale.application.ListHolds;
import dev.flashsale.application.ListOperatorLog;
import dev.flashsale.application.ListOrders;
import dev.flashsale.application.ListProducts;
import dev.flashsale.application.ListRefunds;
import dev.flashsale.application.ListStockLedger;
import dev.flashsale.application.MarkRefundDone;
import dev.flashsale.application.OpenSale;
import dev.flashsale.application.PlaceHold;
import dev.flashsale.application.PlaceHoldOnce;
import dev.flashsale.application.PlaceOrder;
import dev.flashsale.application.PlaceOrderOnce;
import dev.flashsale.application.RecordPayment;
import dev.flashsale.application.ReleaseHold;
import dev.flashsale.application.ViewHold;
import dev.flashsale.application.ViewOrder;
import dev.flashsale.application.ViewProduct;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Use cases of which a test sets those that it expects to be called; any call is counted. */
final class Fakes {

    static final HoldId HOLD_ID = new HoldId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    static final Instant EXPIRES_AT = Instant.parse("2026-11-22T10:02:00.123456Z");
    static final Order ORDER = new Order(
            new OrderId(1),
            HOLD_ID,
            new ProductId(1),
            new Quantity(2),
            Money.of("20.00", "EUR"),
            Instant.parse("2026-11-22T10:01:00Z"),
            Instant.parse("2026-11-22T10:16:00Z"),
            OrderStatus.PENDING);

    final AtomicInteger calls = new AtomicInteger();
    ViewProduct viewProduct = id -> unexpected();
    PlaceHold placeHold = request -> unexpected();
    ViewHold viewHold = id -> unexpected();
    ReleaseHold releaseHold = id -> unexpected();
    ExtendHold extendHold = id -> unexpected();
    PlaceOrder placeOrder = id -> unexpected();
    ViewOrder viewOrder = id -> unexpected();
    RecordPayment recordPayment = payment -> unexpected();
    CreateProduct createProduct = (product, cause) -> unexpected();
    ChangeProduct changeProduct = (id, change, cause) -> unexpected();
    AdjustStock adjustStock = (id, total, cause) -> unexpected();
    OpenSale openSale = (id, cause) -> unexpected();
    CloseSale closeSale = (id, cause) -> unexpected();
    CancelOrder cancelOrder = (id, cause) -> unexpected();
    ListRefunds listRefunds = (after, size) -> unexpected();
    MarkRefundDone markRefundDone = id -> unexpected();
    ListProducts listProducts = (after, size) -> unexpected();
    ListHolds listHolds = (product, status, after, size) -> unexpected();
    ListOrders listOrders = (product, status, after, size) -> unexpected();
    ListAllOrders listAllOrders = (after, size) -> unexpected();
    ListOperatorLog listOperatorLog = (doneTo, after, size) -> unexpected();
    ListStockLedger listStockLedger = (product, after, size) -> unexpected();
    PlaceHoldOnce placeHoldOnce = (request, key) -> unexpected();
    PlaceOrderOnce placeOrderOnce = (id, key) -> unexpected();
    CreateProductOnce createProductOnce = (product, cause, key) -> unexpected();

    /** What is set later is seen, too. */
    UseCases useCases() {
        return new UseCases(
                () -> HOLD_ID,
                id -> counted().viewProduct.view(id),
                request -> counted().placeHold.place(request),
                id -> counted().viewHold.view(id),
                id -> counted().releaseHold.release(id),
                id -> counted().extendHold.extend(id),
                id -> counted().placeOrder.place(id),
                id -> counted().viewOrder.view(id),
                payment -> counted().recordPayment.record(payment),
                (product, cause) -> counted().createProduct.create(product, cause),
                (id, change, cause) -> counted().changeProduct.change(id, change, cause),
                (id, total, cause) -> counted().adjustStock.adjust(id, total, cause),
                (id, cause) -> counted().openSale.open(id, cause),
                (id, cause) -> counted().closeSale.close(id, cause),
                (id, cause) -> counted().cancelOrder.cancel(id, cause),
                (after, size) -> counted().listRefunds.list(after, size),
                id -> counted().markRefundDone.mark(id),
                (after, size) -> counted().listProducts.list(after, size),
                (product, status, after, size) -> counted().listHolds.list(product, status, after, size),
                (product, status, after, size) -> counted().listOrders.list(product, status, after, size),
                (after, size) -> counted().listAllOrders.list(after, size),
                (doneTo, after, size) -> counted().listOperatorLog.list(doneTo, after, size),
                (product, after, size) -> counted().listStockLedger.list(product, after, size),
                (request, key) -> counted().placeHoldOnce.place(request, key),
                (id, key) -> counted().placeOrderOnce.place(id, key),
                (product, cause, key) -> counted().createProductOnce.create(product, cause, key));
    }

    private Fakes counted() {
        calls.incrementAndGet();
        return this;
    }

    private static <T> T unexpected() {
        throw new AssertionError("this use case is not expected to be called");
    }
}
