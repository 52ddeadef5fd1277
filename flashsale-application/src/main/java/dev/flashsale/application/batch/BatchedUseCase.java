package dev.flashsale.application.batch;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleListener.Kind;
import dev.flashsale.application.port.Transaction;
import java.util.List;

/**
 * A use case whose requests share transactions: all that a {@link Pipeline} needs to know of it.
 *
 * @param <Q> a request
 * @param <A> what it is answered
 */
public interface BatchedUseCase<Q, A> {

    Kind kind();

    /** Which queue a request waits in: that of the hot row which it needs, or one that is common to all. */
    Object lane(Q request);

    /** Whether a second transaction for a lane would only wait for the first one's lock. */
    boolean oneTransactionPerLane();

    /**
     * Decides requests and writes what comes of it: one answer for each, in their order. It locks before it reads, in the
     * documented order, and may run again.
     */
    List<A> decide(Transaction tx, Batch<Q> batch);

    /** Tells what was decided. */
    void tell(SaleListener listener, SaleListener.Batch batch, List<A> decided);
}
