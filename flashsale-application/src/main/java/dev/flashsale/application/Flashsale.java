package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.order.OrderPolicy;

/**
 * Hands out the use cases, wired to one database. Thread-safe; starts no thread and holds nothing to close.
 *
 * <p>Somebody must call {@link #expireHolds()} and {@link #expireOrders()} from time to time so that what is over is
 * tidied up, and {@link #forgetKeys()} where idempotency keys are used; availability is right without it.
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
    private final ExpireHolds expireHolds;
    private final ExpireOrders expireOrders;
    private final PurgeEnded purgeEnded;
    private final ForgetKeys forgetKeys;
    private final PutProduct putProduct;
    private final Audit audit;

    private Flashsale(Ports all, Settings settings) {
        StockWatch watch = new StockWatch(settings, System::nanoTime, System::currentTimeMillis);
        Ports ports = WatchedPorts.of(all, watch::changed);
        StockReturns returns = new StockReturns(ports, settings.expiryBatch());
        Settlement settlement = new Settlement(ports, returns);
        Views views = new Views(ports);
        viewProduct = id -> watch.view(id, () -> views.product(id));
        Together together = new Together(ports, settings.groupCommit(), watch);
        HoldPolicy holdPolicy = new HoldPolicy(settings.holdTtl());
        Together.Holds holds = together.holds(new PlaceHoldService(ports, holdPolicy, returns));
        placeHold = holds.placeHold();
        placeHoldOnce = holds.placeHoldOnce();
        viewHold = views::hold;
        releaseHold = together.releases(new ReleaseHoldService(ports));
        extendHold = together.extensions(new ExtendHoldService(ports, holdPolicy));
        Together.Orders orders =
                together.orders(new PlaceOrderService(ports, new OrderPolicy(settings.paymentDeadline()), settlement));
        placeOrder = orders.placeOrder();
        placeOrderOnce = orders.placeOrderOnce();
        viewOrder = views::order;
        recordPayment = together.payments(new RecordPaymentService(ports, settlement));
        expireHolds = ExpiryService.ofHolds(ports, returns);
        expireOrders = ExpiryService.ofOrders(ports, returns);
        purgeEnded = new PurgeService(ports);
        forgetKeys = new ForgetKeysService(ports);
        putProduct = new PutProductService(ports);
        audit = ports.audits()::audit;
    }

    public static Flashsale on(Ports ports, Settings settings) {
        return new Flashsale(ports, settings);
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

    public ExpireHolds expireHolds() {
        return expireHolds;
    }

    public ExpireOrders expireOrders() {
        return expireOrders;
    }

    public PurgeEnded purgeEnded() {
        return purgeEnded;
    }

    public ForgetKeys forgetKeys() {
        return forgetKeys;
    }

    public PutProduct putProduct() {
        return putProduct;
    }

    public Audit audit() {
        return audit;
    }
}
