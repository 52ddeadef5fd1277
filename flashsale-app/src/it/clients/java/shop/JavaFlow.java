package shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import shop.client.ApiClient;
import shop.client.ApiException;
import shop.client.api.HoldsApi;
import shop.client.api.OperatorsApi;
import shop.client.api.OrdersApi;
import shop.client.api.PaymentsApi;
import shop.client.api.ProductsApi;
import shop.client.api.ServerApi;
import shop.client.model.Cause;
import shop.client.model.ConditionStatus;
import shop.client.model.Hold;
import shop.client.model.HoldOfCustomer;
import shop.client.model.HoldRequest;
import shop.client.model.HoldStatus;
import shop.client.model.Item;
import shop.client.model.ItemRequest;
import shop.client.model.LogEntry;
import shop.client.model.NewProduct;
import shop.client.model.OperatorAction;
import shop.client.model.Order;
import shop.client.model.OrderRequest;
import shop.client.model.OrderStatus;
import shop.client.model.PaymentOutcome;
import shop.client.model.PaymentReport;
import shop.client.model.Problem;
import shop.client.model.ProblemCode;
import shop.client.model.Product;
import shop.client.model.ProductChange;
import shop.client.model.RecordedPayment;
import shop.client.model.Refund;
import shop.client.model.RefundDone;
import shop.client.model.RefundReason;
import shop.client.model.ReportedStatus;
import shop.client.model.StockChange;

/** All that buyers, a gateway and operators do, through the generated client alone. */
final class JavaFlow {

    private final HoldsApi holds;
    private final OrdersApi orders;
    private final PaymentsApi payments;
    private final ProductsApi products;
    private final ServerApi server;
    private final ApiClient operator;

    JavaFlow(String url, String token) {
        ApiClient buyer = client(url);
        operator = client(url);
        operator.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        holds = new HoldsApi(buyer);
        orders = new OrdersApi(buyer);
        payments = new PaymentsApi(buyer);
        products = new ProductsApi(buyer);
        server = new ServerApi(buyer);
    }

    private static ApiClient client(String url) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(url);
        return client;
    }

    void run() throws ApiException {
        Product shoe = product(new NewProduct().name("Sneaker").stock(20).maxPerCustomer(4));
        Product print = product(new NewProduct().name("Print").stock(5));
        buyers(shoe, print);
        refusals(shoe, print);
        operators(print);
        assertThat(server.checkHealth().getStatus()).isEqualTo(ConditionStatus.UP);
    }

    private Product product(NewProduct product) throws ApiException {
        String key = UUID.randomUUID().toString();
        NewProduct priced = product.price("10.00").currency("EUR");
        Product made = new ProductsApi(operator).createProduct(priced, key);

        assertThat(new ProductsApi(operator).createProduct(priced, key)).isEqualTo(made);
        assertThat(products.viewProduct(made.getId(), null)).isEqualTo(made);
        return made;
    }

    private void buyers(Product shoe, Product print) throws ApiException {
        Hold given = hold(shoe, 1);
        assertThat(given.getStatus()).isEqualTo(HoldStatus.ACTIVE);
        assertThat(holds.extendHold(given.getHoldId(), null).getExpiresAt()).isAfter(given.getExpiresAt());
        assertThat(holds.releaseHold(given.getHoldId()).getStatus()).isEqualTo(HoldStatus.RELEASED);

        Hold both = holds.placeHold(
                new HoldRequest()
                        .addItemsItem(new ItemRequest().productId(shoe.getId()).quantity(2))
                        .addItemsItem(new ItemRequest().productId(print.getId()).quantity(1))
                        .customerId("c-1"),
                null);
        assertThat(both.getItems())
                .containsExactlyInAnyOrder(
                        new Item().productId(shoe.getId()).quantity(2),
                        new Item().productId(print.getId()).quantity(1));

        Order order = order(both);
        assertThat(order.getAmount()).isEqualTo("30.00");
        assertThat(order.getReference()).isEqualTo(both.getHoldId());
        RecordedPayment declined = pay(order, ReportedStatus.DECLINED);
        assertThat(declined.getOutcome()).isEqualTo(PaymentOutcome.APPLIED);
        assertThat(declined.getOrderStatus()).isEqualTo(OrderStatus.PENDING);
        RecordedPayment paid = pay(order, ReportedStatus.SUCCESS);
        assertThat(paid.getOutcome()).isEqualTo(PaymentOutcome.APPLIED);
        assertThat(paid.getOrderStatus()).isEqualTo(OrderStatus.PAID);
        assertThat(orders.viewOrder(order.getOrderId(), both.getHoldId()).getStatus())
                .isEqualTo(OrderStatus.PAID);
        Hold ordered = holds.viewHold(both.getHoldId());
        assertThat(ordered.getStatus()).isEqualTo(HoldStatus.ORDERED);
        assertThat(ordered.getOrder()).isNotNull().extracting(Order::getOrderId).isEqualTo(order.getOrderId());

        RecordedPayment failed = pay(order(hold(shoe, 1)), ReportedStatus.FAILED);
        assertThat(failed.getOutcome()).isEqualTo(PaymentOutcome.APPLIED);
        assertThat(failed.getOrderStatus()).isEqualTo(OrderStatus.FAILED);
    }

    private void refusals(Product shoe, Product print) throws ApiException {
        Problem short1 = refused(409, () -> hold(print, 1_000));
        assertThat(short1.getCode()).isEqualTo(ProblemCode.INSUFFICIENT_STOCK);
        assertThat(short1.getAvailableStock()).isEqualTo(4);
        assertThat(short1.getRetryable()).isFalse();

        Problem limit = refused(409, () -> hold(shoe, 3));
        assertThat(limit.getCode()).isEqualTo(ProblemCode.LIMIT_REACHED);
        assertThat(limit.getLimit()).isEqualTo(4);
        assertThat(limit.getTaken()).isEqualTo(2);

        HoldRequest nobodys = new HoldRequest().productId(shoe.getId()).quantity(1);
        assertThat(refused(422, () -> holds.placeHold(nobodys, null)).getField())
                .isEqualTo("customer_id");
        assertThat(refused(404, () -> holds.viewHold(UUID.randomUUID())).getCode())
                .isEqualTo(ProblemCode.UNKNOWN_HOLD);

        RecordedPayment early = payments.recordPayment(report(1_000_000_000L, ReportedStatus.SUCCESS));
        assertThat(early.getOutcome()).isEqualTo(PaymentOutcome.KEPT);
        assertThat(early.getOrderStatus()).isNull();
    }

    private void operators(Product product) throws ApiException {
        ProductsApi change = new ProductsApi(operator);
        PaymentsApi refunds = new PaymentsApi(operator);
        long id = product.getId();
        assertThat(change.adjustStock(
                                id,
                                new StockChange()
                                        .stock(8)
                                        .reason("three more were found")
                                        .operator("ann"))
                        .getStock())
                .isEqualTo(8);
        assertThat(change.listStockLedger(id, null, null).getItems().getFirst().getPieces())
                .isEqualTo(3);
        assertThat(change.changeProduct(id, new ProductChange().maxPerHold(2).reason("fewer"))
                        .getMaxPerHold())
                .isEqualTo(2);
        assertThat(change.changeProduct(id, new ProductChange().maxPerHold(null).reason("more"))
                        .getMaxPerHold())
                .isNull();
        change.closeSale(id, new Cause().reason("the doors are closed"));
        assertThat(refused(409, () -> hold(product, 1)).getCode()).isEqualTo(ProblemCode.NOT_ON_SALE);
        change.openSale(id, new Cause().reason("the doors are open"));
        assertThat(change.listProducts(null, null, 500).getItems())
                .extracting(Product::getId)
                .contains(id);

        Hold hold = hold(product, 1);
        assertThat(new HoldsApi(operator)
                        .listHolds(id, HoldStatus.ACTIVE, null, null, null)
                        .getItems())
                .extracting(HoldOfCustomer::getHoldId, HoldOfCustomer::getCustomerId)
                .contains(org.assertj.core.groups.Tuple.tuple(hold.getHoldId(), "c-1"));
        Order order = order(hold);
        OrdersApi cancel = new OrdersApi(operator);
        assertThat(cancel.listOrders(id, OrderStatus.PENDING, null, null, null).getItems())
                .extracting(Order::getOrderId)
                .contains(order.getOrderId());
        assertThat(cancel.cancelOrder(order.getOrderId(), new Cause().reason("the customer called"))
                        .getStatus())
                .isEqualTo(OrderStatus.CANCELLED);

        PaymentReport late = report(order.getOrderId(), ReportedStatus.SUCCESS);
        assertThat(payments.recordPayment(late).getOutcome()).isEqualTo(PaymentOutcome.REFUND_REQUIRED);
        assertThat(refunds.listRefunds(null, 500).getItems())
                .filteredOn(refund -> refund.getTransactionId().equals(late.getTransactionId()))
                .extracting(Refund::getWhy)
                .isEqualTo(List.of(RefundReason.ORDER_CANCELLED));
        refunds.markRefundDone(
                new RefundDone().transactionId(late.getTransactionId()).reason("sent back"));
        assertThat(new OperatorsApi(operator)
                        .listOperatorLog(id, null, null, null)
                        .getItems())
                .extracting(LogEntry::getAction)
                .contains(OperatorAction.STOCK_ADJUSTED, OperatorAction.SALE_CLOSED, OperatorAction.PRODUCT_CREATED);
        assertThat(new ServerApi(operator).readMetrics()).contains("flashsale_");
    }

    private Hold hold(Product product, int quantity) throws ApiException {
        return holds.placeHold(
                new HoldRequest().productId(product.getId()).quantity(quantity).customerId("c-1"), null);
    }

    private Order order(Hold hold) throws ApiException {
        return orders.placeOrder(new OrderRequest().holdId(hold.getHoldId()), null);
    }

    private RecordedPayment pay(Order order, ReportedStatus status) throws ApiException {
        return payments.recordPayment(report(order.getOrderId(), status));
    }

    private static PaymentReport report(long order, ReportedStatus status) {
        return new PaymentReport().orderId(order).status(status).transactionId("tx-" + UUID.randomUUID());
    }

    private Problem refused(int status, ThrowingCallable call) {
        ApiException refusal = catchThrowableOfType(ApiException.class, call);
        assertThat(refusal.getCode()).as(refusal.getResponseBody()).isEqualTo(status);
        return operator.getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
    }
}
