package dev.flashsale.application.port;

import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import java.time.Instant;
import java.util.List;

/**
 * What an audit found, all as of one moment.
 *
 * @param products the conservation of every product, by id
 * @param orphans rows that lack a row they belong to, or contradict it; at most {@value #MAX_ROWS}
 * @param kept payments that wait for their order, the oldest first; at most {@value #MAX_ROWS}
 */
public record AuditReport(List<Conservation> products, List<Orphan> orphans, List<KeptPayment> kept) {

    public static final int MAX_ROWS = 1000;

    /** How much does not add up: products and rows. */
    public int violations() {
        return orphans.size()
                + (int) products.stream().filter(product -> !product.balanced()).count();
    }

    /** Whether everything adds up. Kept payments may be early and do not count against it. */
    public boolean clean() {
        return orphans.isEmpty() && products.stream().allMatch(Conservation::balanced);
    }

    /**
     * One product's pieces.
     *
     * @param held in active holds
     * @param pending in pending orders
     * @param paid in paid orders, and in refunded ones whose pieces did not come back
     */
    public record Conservation(ProductId productId, long total, long available, long held, long pending, long paid) {

        public boolean balanced() {
            return available >= 0 && total - available == held + pending + paid;
        }

        /** For whoever must mend it. */
        public String inWords() {
            return "Product " + productId + " does not add up: " + total + " in total, but " + available
                    + " available, "
                    + held + " held, " + pending + " pending and " + paid + " paid. The audit command tells more,"
                    + " audit --repair mends what can be mended";
        }

        /** What would be available if everything added up; below 0 if more was sold than there is. */
        public long due() {
            return total - held - pending - paid;
        }
    }

    /**
     * A row without a row it belongs to, or one that contradicts it.
     *
     * @param what says which row lacks what, for people
     */
    public record Orphan(String what, String id) {

        /** Its order was made at the same moment on another member of a cluster. */
        public static final String KEPT_THOUGH_ORDERED = "payment kept although its order exists";

        /** Of a hold that names a customer. */
        public static final String NOT_COUNTED = "hold that its customer's limit does not count";

        /** Of a hold that names a customer, and takes nothing any more. */
        public static final String NOT_FOUND = "hold that is not found by its customer";

        /** Of a hold that names a customer. */
        public static final String COUNTED_WRONG = "hold that the limit counts for another customer or product";
    }

    public record KeptPayment(TransactionId transactionId, OrderId orderId, Instant receivedAt) {}
}
