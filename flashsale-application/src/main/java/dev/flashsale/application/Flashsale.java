package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.order.OrderPolicy;
import dev.flashsale.domain.payment.PaymentStatus;

/**
 * Hands out the use cases, wired to one database. Thread-safe; starts no thread and holds nothing to close.
 *
 * <p>Somebody must call {@link #expireHolds()}, {@link #expireOrders()} and {@link #expireKeptPayments()} from time to
 * time so that what is over is tidied up, and {@link #forgetKeys()} where idempotency keys are used; availability is right
 * without it.
 */
public final class Flashsale {

    private final HoldIds holdIds = new HoldIds();
    private final ViewProduct viewProduct;
    private final PlaceHold placeHold;
    private final PlaceHoldOnce placeHoldOnce;
    private final ViewHold viewHold;
    private final ReleaseHold releaseHold;
    private final ExtendHold extendHold;
    private final PlaceOrder placeOrder;
    private final PlaceOrderOnce placeOrderOnce;
    private final ViewOrder viewOrder;
    private final RecordPayment recordPayment;
    private final ListRefunds listRefunds;
    private final MarkRefundDone markRefundDone;
    private final ExpireHolds expireHolds;
    private final ExpireOrders expireOrders;
    private final ExpireKeptPayments expireKeptPayments;
    private final PurgeEnded purgeEnded;
    private final ForgetKeysService forgetKeys;
    private final PutProduct putProduct;
    private final CreateProductService createProduct;
    private final ChangeProduct changeProduct;
    private final AdjustStock adjustStock;
    private final OpenSale openSale;
    private final CloseSale closeSale;
    private final CancelOrder cancelOrder;
    private final Audit audit;
    private final Lists lists;
    private final CheckConservation checkConservation;
    private final Repair repair;

    private Flashsale(Ports all, Settings settings, SaleListener listener) {
        StockWatch watch = new StockWatch(settings, System::nanoTime, System::currentTimeMillis);
        Reports reports = new Reports(listener);
        Ports ports = WatchedPorts.of(all, watch::changed, reports);
        StockReturns returns = new StockReturns(ports, settings.expiryBatch(), reports);
        Settlement settlement = new Settlement(ports, returns);
        Views views = new Views(ports);
        viewProduct = id -> watch.view(id, () -> views.product(id));
        Together together = new Together(ports, settings.groupCommit(), watch, reports);
        HoldPolicy holdPolicy = new HoldPolicy(settings.holdTtl());
        Together.Holds holds = together.holds(new PlaceHoldService(ports, holdPolicy, returns));
        placeHold = holds.placeHold();
        placeHoldOnce = holds.placeHoldOnce();
        viewHold = views::hold;
        releaseHold = together.releases(new ReleaseHoldService(ports, returns));
        extendHold = together.extensions(new ExtendHoldService(ports, holdPolicy));
        Together.Orders orders =
                together.orders(new PlaceOrderService(ports, new OrderPolicy(settings.paymentDeadline()), settlement));
        placeOrder = orders.placeOrder();
        placeOrderOnce = orders.placeOrderOnce();
        viewOrder = views::order;
        RecordPayment payments = together.payments(new RecordPaymentService(ports, settlement));
        RecordPayment refunds = new RecordRefundService(ports, returns);
        recordPayment = report -> (report.status() == PaymentStatus.REFUNDED ? refunds : payments).record(report);
        listRefunds = new ListRefundsService(ports);
        markRefundDone = new MarkRefundDoneService(ports);
        expireHolds = ExpiryService.ofHolds(ports, returns, reports);
        expireOrders = ExpiryService.ofOrders(ports, returns, reports);
        expireKeptPayments = new ExpireKeptPaymentsService(ports, settings.paymentKeep(), settings.expiryBatch());
        purgeEnded = new PurgeService(ports);
        forgetKeys = new ForgetKeysService(ports);
        putProduct = new PutProductService(ports);
        createProduct = new CreateProductService(ports, views);
        changeProduct = new ChangeProductService(ports);
        adjustStock = new AdjustStockService(ports, returns);
        SaleWindowService saleWindow = new SaleWindowService(ports);
        openSale = saleWindow;
        closeSale = saleWindow;
        cancelOrder = new CancelOrderService(ports, returns);
        audit = ports.audits()::audit;
        lists = new Lists(ports);
        checkConservation = new CheckConservationService(ports.audits());
        repair = new RepairService(ports);
    }

    public static Flashsale on(Ports ports, Settings settings) {
        return on(ports, settings, SaleListener.NONE);
    }

    /** As {@link #on(Ports, Settings)}, with somebody who is told what happens. */
    public static Flashsale on(Ports ports, Settings settings, SaleListener listener) {
        return new Flashsale(ports, settings, listener);
    }

    /** An id for a new hold: a UUID that nobody can guess. */
    public HoldId newHoldId() {
        return holdIds.next();
    }

    public ViewProduct viewProduct() {
        return viewProduct;
    }

    public PlaceHold placeHold() {
        return placeHold;
    }

    public PlaceHoldOnce placeHoldOnce() {
        return placeHoldOnce;
    }

    public ViewHold viewHold() {
        return viewHold;
    }

    public ReleaseHold releaseHold() {
        return releaseHold;
    }

    public ExtendHold extendHold() {
        return extendHold;
    }

    public PlaceOrder placeOrder() {
        return placeOrder;
    }

    public PlaceOrderOnce placeOrderOnce() {
        return placeOrderOnce;
    }

    public ViewOrder viewOrder() {
        return viewOrder;
    }

    public RecordPayment recordPayment() {
        return recordPayment;
    }

    public ListRefunds listRefunds() {
        return listRefunds;
    }

    public MarkRefundDone markRefundDone() {
        return markRefundDone;
    }

    public ExpireHolds expireHolds() {
        return expireHolds;
    }

    public ExpireOrders expireOrders() {
        return expireOrders;
    }

    public ExpireKeptPayments expireKeptPayments() {
        return expireKeptPayments;
    }

    public PurgeEnded purgeEnded() {
        return purgeEnded;
    }

    public ForgetKeys forgetKeys() {
        return forgetKeys;
    }

    public CountOldKeys countOldKeys() {
        return forgetKeys;
    }

    public PutProduct putProduct() {
        return putProduct;
    }

    public CreateProduct createProduct() {
        return createProduct;
    }

    public CreateProductOnce createProductOnce() {
        return createProduct;
    }

    public ChangeProduct changeProduct() {
        return changeProduct;
    }

    public AdjustStock adjustStock() {
        return adjustStock;
    }

    public OpenSale openSale() {
        return openSale;
    }

    public CloseSale closeSale() {
        return closeSale;
    }

    public CancelOrder cancelOrder() {
        return cancelOrder;
    }

    public Audit audit() {
        return audit;
    }

    public ListProducts listProducts() {
        return lists::products;
    }

    public ListHolds listHolds() {
        return lists::holds;
    }

    public ListOrders listOrders() {
        return lists::orders;
    }

    public ListAllOrders listAllOrders() {
        return lists::allOrders;
    }

    public ListOperatorLog listOperatorLog() {
        return lists::operatorLog;
    }

    public ListStockLedger listStockLedger() {
        return lists::stockLedger;
    }

    public CheckConservation checkConservation() {
        return checkConservation;
    }

    public Repair repair() {
        return repair;
    }
}
