package dev.flashsale.application;

import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RefundReason;
import java.time.Instant;
import java.util.List;

/** Use case: list the money that somebody must give back. */
@FunctionalInterface
public interface ViewRefunds {

    /** One page, in the order in which the payments came. What is done is listed no more. */
    List<Refund> view(Page page);

    /**
     * What to list.
     *
     * @param after the number of the last one of the page before; 0 for the first page
     * @param limit how many, 1 to {@value #MAX_LIMIT}
     */
    record Page(long after, int limit) {

        public static final int MAX_LIMIT = 1000;

        public Page {
            if (after < 0) {
                throw new IllegalArgumentException("after must be 0 or more, was " + after);
            }
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit must be from 1 to " + MAX_LIMIT + ", was " + limit);
            }
        }
    }

    /**
     * Money to give back.
     *
     * @param number 1 or more, growing in the order in which the payments came
     * @param payment with the amount that was owed where the gateway named none
     */
    record Refund(long number, Payment payment, RefundReason why, Instant receivedAt) {}
}
