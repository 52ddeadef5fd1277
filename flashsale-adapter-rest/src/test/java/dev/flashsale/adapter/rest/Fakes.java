package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.server.UseCases;
import dev.flashsale.application.Audits;
import dev.flashsale.application.CountedHold;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.HoldView;
import dev.flashsale.application.Holds;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.KeptPayment;
import dev.flashsale.application.Lists;
import dev.flashsale.application.Operator;
import dev.flashsale.application.OrderView;
import dev.flashsale.application.Orders;
import dev.flashsale.application.Page;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Payments;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.ProductView;
import dev.flashsale.application.Products;
import dev.flashsale.application.Refund;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use cases of which a test sets those that it expects to be called; any call is counted. */
final class Fakes {

    static final HoldId HOLD_ID = new HoldId(UUID.fromString("01900000-0000-7000-8000-000000000001"));
    static final Instant EXPIRES_AT = Instant.parse("2026-11-22T10:02:00.123456Z");
    static final Order ORDER = new Order(
            new OrderId(1),
            HOLD_ID,
            Lines.of(new ProductId(1), new Quantity(2)),
            Money.of("20.00", "EUR"),
            Instant.parse("2026-11-22T10:01:00Z"),
            Instant.parse("2026-11-22T10:16:00Z"),
            OrderStatus.PENDING,
            Set.of());

    /** That order, of which nothing more is known. */
    static OrderView viewed(Order order) {
        return new OrderView(order, null, List.of());
    }

    interface Three<A, B, C, R> {
        R apply(A first, B second, C third);
    }

    interface Four<A, B, C, D, R> {
        R apply(A first, B second, C third, D fourth);
    }

    /** Its events and endpoints are served. */
    final InMemoryFlashsale sale = Flashsale.inMemory();

    final AtomicInteger calls = new AtomicInteger();
    Function<ProductId, Optional<ProductView>> viewProduct = id -> unexpected();
    Function<HoldRequest, HoldOutcome> placeHold = id -> unexpected();
    Function<HoldId, Optional<HoldView>> viewHold = id -> unexpected();
    Function<HoldId, ReleaseOutcome> releaseHold = id -> unexpected();
    Function<ChangeRequest, HoldChangeOutcome> changeHold = request -> unexpected();
    Function<ExtendRequest, ExtendOutcome> extendHold = request -> unexpected();
    Function<HoldId, OrderOutcome> placeOrder = id -> unexpected();
    Function<OrderId, Optional<OrderView>> viewOrder = id -> unexpected();
    Function<Payment, PaymentOutcome> recordPayment = id -> unexpected();
    Function<HoldId, Optional<OrderId>> orderOf = id -> unexpected();
    Consumer<ConflictingReport> listConflict = report -> unexpected();
    BiFunction<NewProduct, Cause, ProductView> createProduct = (one, two) -> unexpected();
    Three<ProductId, ProductChange, Cause, ChangeOutcome> changeProduct = (one, two, three) -> unexpected();
    Three<ProductId, Integer, Cause, AdjustOutcome> adjustStock = (one, two, three) -> unexpected();
    BiFunction<ProductId, Cause, WindowOutcome> openSale = (one, two) -> unexpected();
    BiFunction<ProductId, Cause, WindowOutcome> closeSale = (one, two) -> unexpected();
    BiFunction<OrderId, Cause, CancelOutcome> cancelOrder = (one, two) -> unexpected();
    Three<OrderId, Instant, Cause, DeadlineOutcome> extendOrder = (one, two, three) -> unexpected();
    BiFunction<OrderId, Cause, AcceptOutcome> acceptOrder = (one, two) -> unexpected();
    BiFunction<Optional<Long>, PageSize, Page<Refund, Long>> listRefunds = (one, two) -> unexpected();
    BiFunction<Optional<Long>, PageSize, Page<KeptPayment, Long>> listKeptPayments = (one, two) -> unexpected();
    BiFunction<Optional<Long>, PageSize, Page<ListedConflict, Long>> listConflicts = (one, two) -> unexpected();
    BiFunction<Long, Cause, Boolean> resolveConflict = (one, two) -> unexpected();
    BiFunction<Payment, Cause, PaymentOutcome> makeRefund = (one, two) -> unexpected();
    BiFunction<CustomerId, Cause, ForgetOutcome> forgetCustomer = (one, two) -> unexpected();
    BiFunction<TransactionId, Cause, RefundOutcome> markRefundDone = (one, two) -> unexpected();
    BiFunction<Optional<ProductId>, PageSize, Page<ProductView, ProductId>> listProducts = (one, two) -> unexpected();
    BiFunction<Optional<ProductId>, PageSize, Page<ProductView, ProductId>> listRetiredProducts =
            (one, two) -> unexpected();
    Four<ProductId, HoldStatus, Optional<HoldPosition>, PageSize, Page<Hold, HoldPosition>> listHolds =
            (one, two, three, four) -> unexpected();
    Four<ProductId, OrderStatus, Optional<OrderPosition>, PageSize, Page<OrderView, OrderPosition>> listOrders =
            (one, two, three, four) -> unexpected();
    Three<CustomerId, Optional<CustomersPosition>, PageSize, Page<HoldView, CustomersPosition>> listHoldsOfCustomer =
            (one, two, three) -> unexpected();
    Three<CustomerId, Optional<CustomersPosition>, PageSize, Page<OrderView, CustomersPosition>> listOrdersOfCustomer =
            (one, two, three) -> unexpected();
    BiFunction<ProductId, CustomerId, List<CountedHold>> listCounted = (one, two) -> unexpected();
    BiFunction<Optional<OrderId>, PageSize, Page<OrderView, OrderId>> listAllOrders = (one, two) -> unexpected();
    Three<Optional<Subject>, Optional<Long>, PageSize, Page<LoggedEntry, Long>> listOperatorLog =
            (one, two, three) -> unexpected();
    Three<ProductId, Optional<Long>, PageSize, Optional<Page<LedgerRow, Long>>> listStockLedger =
            (one, two, three) -> unexpected();
    BiFunction<HoldRequest, IdempotencyKey, KeyedOutcome<HoldOutcome>> placeHoldOnce = (one, two) -> unexpected();
    BiFunction<HoldId, IdempotencyKey, KeyedOutcome<OrderOutcome>> placeOrderOnce = (one, two) -> unexpected();
    Three<NewProduct, Cause, IdempotencyKey, KeyedOutcome<ProductView>> createProductOnce =
            (one, two, three) -> unexpected();

    Supplier<List<AuditReport.Conservation>> checkConservation = Fakes::unexpected;

    /** What is set later is seen, too. */
    UseCases useCases() {
        return new UseCases(
                holds(), orders(), payments(), products(), this::operator, lists(), audits(), sale.events());
    }

    private Holds holds() {
        return new Holds() {
            @Override
            public HoldId newId() {
                return HOLD_ID;
            }

            @Override
            public HoldOutcome place(HoldRequest request) {
                return counted().placeHold.apply(request);
            }

            @Override
            public KeyedOutcome<HoldOutcome> place(HoldRequest request, IdempotencyKey key) {
                return counted().placeHoldOnce.apply(request, key);
            }

            @Override
            public ReleaseOutcome release(HoldId id) {
                return counted().releaseHold.apply(id);
            }

            @Override
            public ExtendOutcome extend(ExtendRequest request) {
                return counted().extendHold.apply(request);
            }

            @Override
            public HoldChangeOutcome change(ChangeRequest request) {
                return counted().changeHold.apply(request);
            }

            @Override
            public Optional<HoldView> view(HoldId id) {
                return counted().viewHold.apply(id);
            }
        };
    }

    private Orders orders() {
        return new Orders() {
            @Override
            public OrderOutcome place(HoldId id) {
                return counted().placeOrder.apply(id);
            }

            @Override
            public KeyedOutcome<OrderOutcome> place(HoldId id, IdempotencyKey key) {
                return counted().placeOrderOnce.apply(id, key);
            }

            @Override
            public Optional<OrderView> view(OrderId id) {
                return counted().viewOrder.apply(id);
            }
        };
    }

    private Payments payments() {
        return new Payments() {
            @Override
            public PaymentOutcome record(Payment payment) {
                return counted().recordPayment.apply(payment);
            }

            @Override
            public Optional<OrderId> orderOf(HoldId reference) {
                return orderOf.apply(reference);
            }

            @Override
            public void listConflict(ConflictingReport report) {
                counted().listConflict.accept(report);
            }
        };
    }

    private Products products() {
        return new Products() {
            @Override
            public Optional<ProductView> view(ProductId id) {
                return counted().viewProduct.apply(id);
            }

            @Override
            public Map<ProductId, ProductView> views(Set<ProductId> ids) {
                Function<ProductId, Optional<ProductView>> view = counted().viewProduct;
                return ids.stream()
                        .flatMap(id -> view.apply(id).stream())
                        .collect(Collectors.toMap(found -> found.product().id(), found -> found));
            }

            @Override
            public PutOutcome put(Product product, int total, SaleRules rules) {
                return unexpected();
            }
        };
    }

    private Operator operator(Cause cause) {
        return new Operator() {
            @Override
            public ProductView create(NewProduct product) {
                return counted().createProduct.apply(product, cause);
            }

            @Override
            public KeyedOutcome<ProductView> create(NewProduct product, IdempotencyKey key) {
                return counted().createProductOnce.apply(product, cause, key);
            }

            @Override
            public ChangeOutcome change(ProductId id, ProductChange change) {
                return counted().changeProduct.apply(id, change, cause);
            }

            @Override
            public AdjustOutcome adjust(ProductId id, int total) {
                return counted().adjustStock.apply(id, total, cause);
            }

            @Override
            public WindowOutcome open(ProductId id) {
                return counted().openSale.apply(id, cause);
            }

            @Override
            public WindowOutcome close(ProductId id) {
                return counted().closeSale.apply(id, cause);
            }

            @Override
            public CancelOutcome cancel(OrderId id) {
                return counted().cancelOrder.apply(id, cause);
            }

            @Override
            public boolean conflictResolved(long number) {
                return counted().resolveConflict.apply(number, cause);
            }

            @Override
            public PaymentOutcome refund(Payment refund) {
                return counted().makeRefund.apply(refund, cause);
            }

            @Override
            public DeadlineOutcome extend(OrderId id, Instant paymentDeadline) {
                return counted().extendOrder.apply(id, paymentDeadline, cause);
            }

            @Override
            public AcceptOutcome accept(OrderId id) {
                return counted().acceptOrder.apply(id, cause);
            }

            @Override
            public ForgetOutcome forget(CustomerId id) {
                return counted().forgetCustomer.apply(id, cause);
            }

            @Override
            public RefundOutcome refundDone(TransactionId payment) {
                return counted().markRefundDone.apply(payment, cause);
            }

            @Override
            public EndpointOutcome createEndpoint(URI url, Set<EventKind> kinds) {
                return sale.operator(cause).createEndpoint(url, kinds);
            }

            @Override
            public EndpointOutcome changeEndpoint(EndpointId id, @Nullable URI url, @Nullable Set<EventKind> kinds) {
                return sale.operator(cause).changeEndpoint(id, url, kinds);
            }

            @Override
            public EndpointOutcome newEndpointSecret(EndpointId id) {
                return sale.operator(cause).newEndpointSecret(id);
            }

            @Override
            public EndpointOutcome enableEndpoint(EndpointId id) {
                return sale.operator(cause).enableEndpoint(id);
            }

            @Override
            public EndpointOutcome disableEndpoint(EndpointId id) {
                return sale.operator(cause).disableEndpoint(id);
            }

            @Override
            public EndpointOutcome deleteEndpoint(EndpointId id) {
                return sale.operator(cause).deleteEndpoint(id);
            }

            @Override
            public EndpointOutcome sendAgain(EndpointId id, String eventId) {
                return sale.operator(cause).sendAgain(id, eventId);
            }
        };
    }

    private Audits audits() {
        return new Audits() {
            @Override
            public AuditReport audit() {
                return unexpected();
            }

            @Override
            public List<AuditReport.Conservation> checkConservation() {
                return counted().checkConservation.get();
            }

            @Override
            public List<Mend> plan(AuditReport report) {
                return unexpected();
            }

            @Override
            public List<Mend> repair(AuditReport report) {
                return unexpected();
            }
        };
    }

    private Lists lists() {
        return new Lists() {
            @Override
            public Page<ProductView, ProductId> products(Optional<ProductId> after, PageSize size) {
                return counted().listProducts.apply(after, size);
            }

            @Override
            public Page<ProductView, ProductId> retiredProducts(Optional<ProductId> after, PageSize size) {
                return counted().listRetiredProducts.apply(after, size);
            }

            @Override
            public List<ProductPieces> pieces(PageSize most) {
                return unexpected();
            }

            @Override
            public List<ExpiringPieces> expiring(ProductId id) {
                return unexpected();
            }

            @Override
            public Page<Hold, HoldPosition> holds(
                    ProductId id, HoldStatus status, Optional<HoldPosition> after, PageSize size) {
                return counted().listHolds.apply(id, status, after, size);
            }

            @Override
            public Page<OrderView, OrderPosition> orders(
                    ProductId id, OrderStatus status, Optional<OrderPosition> after, PageSize size) {
                return counted().listOrders.apply(id, status, after, size);
            }

            @Override
            public Page<HoldView, CustomersPosition> holds(
                    CustomerId id, Optional<CustomersPosition> after, PageSize size) {
                return counted().listHoldsOfCustomer.apply(id, after, size);
            }

            @Override
            public Page<OrderView, CustomersPosition> orders(
                    CustomerId id, Optional<CustomersPosition> after, PageSize size) {
                return counted().listOrdersOfCustomer.apply(id, after, size);
            }

            @Override
            public List<CountedHold> countedHolds(ProductId id, CustomerId customerId) {
                return counted().listCounted.apply(id, customerId);
            }

            @Override
            public Page<OrderView, OrderId> allOrders(Optional<OrderId> after, PageSize size) {
                return counted().listAllOrders.apply(after, size);
            }

            @Override
            public Page<KeptPayment, Long> keptPayments(Optional<Long> after, PageSize size) {
                return counted().listKeptPayments.apply(after, size);
            }

            @Override
            public List<Endpoint> endpoints() {
                return sale.lists().endpoints();
            }

            @Override
            public Map<EndpointId, Long> waiting() {
                return sale.lists().waiting();
            }

            @Override
            public List<Delivery> deliveries(EndpointId id, Optional<Instant> before, PageSize size) {
                return sale.lists().deliveries(id, before, size);
            }

            @Override
            public Page<ListedConflict, Long> conflicts(Optional<Long> after, PageSize size) {
                return counted().listConflicts.apply(after, size);
            }

            @Override
            public Page<Refund, Long> refunds(Optional<Long> after, PageSize size) {
                return counted().listRefunds.apply(after, size);
            }

            @Override
            public Page<LoggedEntry, Long> operatorLog(Optional<Subject> doneTo, Optional<Long> after, PageSize size) {
                return counted().listOperatorLog.apply(doneTo, after, size);
            }

            @Override
            public Optional<Page<LedgerRow, Long>> stockLedger(ProductId id, Optional<Long> after, PageSize size) {
                return counted().listStockLedger.apply(id, after, size);
            }
        };
    }

    private Fakes counted() {
        calls.incrementAndGet();
        return this;
    }

    private static <T> T unexpected() {
        throw new AssertionError("this use case is not expected to be called");
    }
}
