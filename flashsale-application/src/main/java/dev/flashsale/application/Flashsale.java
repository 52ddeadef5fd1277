package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.order.OrderPolicy;
import dev.flashsale.domain.payment.PaymentStatus;

/**
 * Hands out the use cases, wired to one database. Thread-safe; starts no thread and holds nothing to close.
 *
 * <p>Holds, releases, extensions, orders and payments that are asked for outside of a transaction of the caller's gather in
 * a queue, and one of the callers carries them all out in one transaction: <em>on its own thread, with that thread's
 * thread-locals</em>. So what a thread carries, such as a logging context, a user or the tenant of a routing DataSource,
 * is the leader's and says nothing of the others. Where it decides which database is reached, the door to the database must
 * be given what tells the tenants apart, and requests of two never share a transaction.
 *
 * <p>Somebody must call {@link #expireHolds()}, {@link #expireOrders()} and {@link #expireKeptPayments()} from time to
 * time so that what is over is tidied up, and {@link #forgetKeys()} where idempotency keys are used; availability is right
 * without it.
 */
public final class Flashsale {

    private final HoldIds holdIds;
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

    private Flashsale(Transactions all, Settings settings, SaleListener listener) {
        HoldIds ids = new HoldIds();
        holdIds = ids;
        Reports reports = new Reports(listener);
        Transactions transactions = reports.of(all);
        StockWatches watches = new StockWatches(all, () -> new StockWatch(settings, System::nanoTime, ids));
        StockWrites writes = new StockWrites(() -> watches.ofCaller()::changed);
        StockReturns returns = new StockReturns(settings.expiryBatch(), writes, reports);
        Settlement settlement = new Settlement(returns, writes);
        ProductBook book = new ProductBook(writes);
        Views views = new Views(transactions);
        viewProduct = id ->
                transactions.joins() ? views.product(id) : watches.ofCaller().view(id, () -> views.product(id));
        Together together = new Together(transactions, settings.groupCommit(), watches, reports);
        HoldPolicy holdPolicy = new HoldPolicy(settings.holdTtl());
        Together.Holds holds = together.holds(new PlaceHoldService(transactions, holdPolicy, returns, writes));
        placeHold = holds.placeHold();
        placeHoldOnce = holds.placeHoldOnce();
        viewHold = views::hold;
        releaseHold = together.releases(new ReleaseHoldService(transactions, returns));
        extendHold = together.extensions(new ExtendHoldService(transactions, holdPolicy));
        Together.Orders orders = together.orders(
                new PlaceOrderService(transactions, new OrderPolicy(settings.paymentDeadline()), settlement));
        placeOrder = orders.placeOrder();
        placeOrderOnce = orders.placeOrderOnce();
        viewOrder = views::order;
        RecordPayment payments = together.payments(new RecordPaymentService(transactions, settlement));
        RecordPayment refunds = new RecordRefundService(transactions, returns);
        recordPayment = report -> (report.status() == PaymentStatus.REFUNDED ? refunds : payments).record(report);
        listRefunds = new ListRefundsService(transactions);
        markRefundDone = new MarkRefundDoneService(transactions);
        expireHolds = ExpiryService.ofHolds(transactions, returns, writes, reports);
        expireOrders = ExpiryService.ofOrders(transactions, returns, writes, reports);
        expireKeptPayments =
                new ExpireKeptPaymentsService(transactions, settings.paymentKeep(), settings.expiryBatch());
        purgeEnded = new PurgeService(transactions);
        forgetKeys = new ForgetKeysService(transactions);
        putProduct = new PutProductService(transactions, book);
        createProduct = new CreateProductService(transactions, book, views);
        changeProduct = new ChangeProductService(transactions, book);
        adjustStock = new AdjustStockService(transactions, returns, book, writes);
        SaleWindowService saleWindow = new SaleWindowService(transactions, book);
        openSale = saleWindow;
        closeSale = saleWindow;
        cancelOrder = new CancelOrderService(transactions, returns);
        audit = () -> transactions.snapshot(tx -> tx.audits().audit());
        lists = new Lists(transactions);
        checkConservation = new CheckConservationService(transactions);
        repair = new RepairService(transactions, writes);
    }

    public static Flashsale on(Transactions transactions, Settings settings) {
        return on(transactions, settings, SaleListener.NONE);
    }

    /** As {@link #on(Transactions, Settings)}, with somebody who is told what happens. */
    public static Flashsale on(Transactions transactions, Settings settings, SaleListener listener) {
        return new Flashsale(transactions, settings, listener);
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
