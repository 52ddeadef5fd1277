package dev.flashsale.application;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.LoggedEntry;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import dev.flashsale.domain.webhook.EndpointId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people who run the sale look at, a page at a time. Nothing is locked. */
public interface Lists {

    /**
     * All products that are not retired, in the order of their ids, each as {@link Products#view} shows it, but not from memory.
     */
    Page<ProductView, ProductId> products(Optional<ProductId> after, PageSize size);

    /** Those that are retired. */
    Page<ProductView, ProductId> retiredProducts(Optional<ProductId> after, PageSize size);

    /**
     * Where the pieces of products are. If there are more, it is told of those that are on sale now before the others, and of
     * the newest before the older ones. What has ended or is paid costs nothing.
     *
     * @throws RuntimeException if the database could not tell, or not within 2 s
     */
    List<ProductPieces> pieces(PageSize most);

    /**
     * What of a product is over in the next {@link ExpiringPieces#AHEAD}, by when: one for each {@link ExpiringPieces#STEP}
     * of it, also where nothing is. Of a product that does not exist that is nothing.
     *
     * @throws RuntimeException if the database could not tell, or not within 2 s
     */
    List<ExpiringPieces> expiring(ProductId id);

    /**
     * A product's holds that read as that status now, by when they expire. Whoever knows a hold's id may order or release
     * it.
     */
    Page<Hold, HoldPosition> holds(ProductId id, HoldStatus status, Optional<HoldPosition> after, PageSize size);

    /** A product's orders that read as that status now, by their payment deadlines. */
    Page<OrderView, OrderPosition> orders(
            ProductId id, OrderStatus status, Optional<OrderPosition> after, PageSize size);

    /**
     * A customer's holds, each as it reads now, whatever has become of them: by product, of several the first one, and then in
     * the order of their ids.
     */
    Page<HoldView, CustomersPosition> holds(CustomerId id, Optional<CustomersPosition> after, PageSize size);

    /**
     * A customer's orders, each as it reads now, in the order of their holds. A page is of so many holds, so it may have fewer
     * orders than that, and none, and not be the last.
     */
    Page<OrderView, CustomersPosition> orders(CustomerId id, Optional<CustomersPosition> after, PageSize size);

    /** What a product's limit counts for a customer now: at most {@value PageSize#MAX}. */
    List<CountedHold> countedHolds(ProductId id, CustomerId customerId);

    /** All orders in the order of their numbers, each as it reads now. */
    Page<OrderView, OrderId> allOrders(Optional<OrderId> after, PageSize size);

    /** The payments that wait for their orders, in the order in which they came, by their numbers. */
    Page<KeptPayment, Long> keptPayments(Optional<Long> after, PageSize size);

    /** Where events are sent to: at most {@value Endpoint#MOST}, in the order of their ids. */
    List<Endpoint> endpoints();

    /**
     * How many events each endpoint is not done with: those that are not taken yet, and of kinds that it does not want those
     * that the next look passes over.
     */
    Map<EndpointId, Long> waiting();

    /**
     * What became of what was sent to an endpoint, the last attempts first; nothing for one that does not exist.
     *
     * @param before of those before that moment; empty for the first page
     */
    List<Delivery> deliveries(EndpointId id, Optional<Instant> before, PageSize size);

    /**
     * The reports that took no effect since they contradict what is known, in the order in which they came first, by their
     * numbers, until {@link Operator#conflictResolved}.
     */
    Page<ListedConflict, Long> conflicts(Optional<Long> after, PageSize size);

    /**
     * The money that somebody must give back, in the order in which the payments came, by the refunds' numbers. What is done
     * is listed no more.
     */
    Page<Refund, Long> refunds(Optional<Long> after, PageSize size);

    /**
     * What operators did, by the numbers of the entries, the last first.
     *
     * @param doneTo to what; empty for all there is
     */
    Page<LoggedEntry, Long> operatorLog(Optional<Subject> doneTo, Optional<Long> after, PageSize size);

    /**
     * How a product's total came about, by the numbers of the rows, the last first; all of them add up to the total. Empty
     * for a product that does not exist.
     */
    Optional<Page<LedgerRow, Long>> stockLedger(ProductId id, Optional<Long> after, PageSize size);
}
