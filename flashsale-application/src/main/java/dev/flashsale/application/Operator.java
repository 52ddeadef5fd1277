package dev.flashsale.application;

import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.CancelOutcome;
import dev.flashsale.domain.order.DeadlineOutcome;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.AcceptOutcome;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import dev.flashsale.domain.webhook.EndpointOutcome;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person does who runs the sale. All of it is logged with who did it and why.
 *
 * <p>Every method throws {@link Busy} if the database could not do it now.
 */
public interface Operator {

    /** Puts a new product on sale and numbers it. Not idempotent: whoever asks twice gets two products, unless by a key. */
    ProductView create(NewProduct product);

    /**
     * As {@link #create(NewProduct)}, and the product is kept under the key for 24 hours at least: whoever repeats the
     * request gets it as it was then. Another product, operator or reason under the key is refused.
     */
    KeyedOutcome<ProductView> create(NewProduct product, IdempotencyKey key);

    /**
     * Changes a product's name, its price or the rules of its sale. Safe to repeat. Who holds something already keeps it,
     * whatever the rules become; an order placed afterwards is at the new price.
     */
    ChangeOutcome change(ProductId id, ProductChange change);

    /**
     * Sets a product's total. Safe to repeat. What is held beyond its time is given back first where that helps.
     *
     * @param total pieces on sale in all, what is held, ordered and sold included
     */
    AdjustOutcome adjust(ProductId id, int total);

    /** Opens a product's sale now. Safe to repeat: a sale that is open stays as it is. */
    WindowOutcome open(ProductId id);

    /**
     * Closes a product's sale now. What is held can still be ordered, and what is ordered paid. Safe to repeat: a sale that
     * is over stays as it is.
     */
    WindowOutcome close(ProductId id);

    /**
     * Cancels an order that is not paid, and its pieces return. Safe to repeat. A payment that succeeds afterwards must be given
     * back.
     */
    CancelOutcome cancel(OrderId id);

    /**
     * Takes note that somebody has looked at a report that contradicts what is known, and has done what was to do. It is listed
     * no more, even if it comes again.
     *
     * @param number as {@link Lists#conflicts} shows it
     * @return false if it is not listed
     */
    boolean conflictResolved(long number);

    /**
     * Records that money was given back by hand, all or some of it, perhaps for some pieces, as if the gateway had reported
     * it. Safe to repeat.
     *
     * @param refund under an id of its own, such as that of a bank transfer
     */
    PaymentOutcome refund(Payment refund);

    /**
     * Has a pending order waited for longer. Safe to repeat.
     *
     * @param paymentDeadline not before the one that it has, and at most {@link Settings#maxPaymentDeadline} after the order was
     *     placed
     */
    DeadlineOutcome extend(OrderId id, Instant paymentDeadline);

    /**
     * Accepts that an order was paid by other means than a gateway's, such as cash: it is paid as by a success that a gateway
     * reports, and that transaction is recorded under an {@linkplain TransactionId#byHand id} of its own. One that failed or
     * expired takes its pieces again, or nothing happens. Safe to repeat.
     */
    AcceptOutcome accept(OrderId id);

    /**
     * Takes note that the money of a payment was given back. Safe to repeat.
     *
     * @param payment the transaction that is listed as money to give back
     */
    RefundOutcome refundDone(TransactionId payment);

    /**
     * Has events of these kinds sent to an address from now on; not those that are kept already. Not idempotent. Every process
     * that sells keeps them from the next turn of its housekeeping on.
     *
     * @param url of at most {@value Endpoint#URL_MAX_LENGTH} characters; whether it may be sent to is the caller's to see
     * @param kinds one at least
     */
    EndpointOutcome createEndpoint(URI url, Set<EventKind> kinds);

    /**
     * Changes where events are sent to, or which. Safe to repeat.
     *
     * @param url null to leave it as it is
     * @param kinds null to leave them as they are
     */
    EndpointOutcome changeEndpoint(EndpointId id, @Nullable URI url, @Nullable Set<EventKind> kinds);

    /** Gives an endpoint a new secret; the one before it signs, too, for {@link Endpoint#CHANGE_OVER}. Not idempotent. */
    EndpointOutcome newEndpointSecret(EndpointId id);

    /** Has events sent again from where it was left, as far as they are kept. Safe to repeat. */
    EndpointOutcome enableEndpoint(EndpointId id);

    /** Has nothing sent for the time being. Safe to repeat. */
    EndpointOutcome disableEndpoint(EndpointId id);

    /** Forgets an endpoint; nothing is sent there any more. */
    EndpointOutcome deleteEndpoint(EndpointId id);

    /** Has an event that was sent, or failed to be, sent once more, whatever comes of it. */
    EndpointOutcome sendAgain(EndpointId id, String eventId);

    /**
     * Forgets a customer: his or her holds bear a random id from now on, one for all of them, so that the limits of products
     * count what they counted; whoever comes under the old id starts at nothing. Idempotency keys of the customer's are removed,
     * so that what is sent again under one is decided anew. What is held or kept under the old id in this very moment may stay:
     * safe to repeat. It is done in short transactions of its own, also where the caller has one, and may take as long as it takes
     * to look at all keys.
     *
     * @throws Busy also where some of it is done; a repetition does the rest
     */
    ForgetOutcome forget(CustomerId id);
}
