package dev.flashsale.application.port;

import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.port.AuditReport.Conservation;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Secondary port: looks at everything at once, and mends what follows from something else. */
public interface AuditRepository {

    /** What everything says, as its transaction sees it: a {@linkplain Transactions#snapshot snapshot} for all as of one moment. */
    AuditReport audit();

    /**
     * The pieces of products with a stock, by id, each as of one moment. Reads the index's entries of what is taken, and
     * nothing of what is over.
     *
     * @param after begins behind this product; with the first if empty
     * @param within fails if the database needs longer
     */
    List<Conservation> conservation(Optional<ProductId> after, int limit, Duration within);

    /**
     * One product's pieces as they are committed now. In a transaction that has the stock locked nothing is in between:
     * whoever takes or returns pieces needs that lock before it commits.
     */
    Optional<Conservation> conservation(ProductId id);

    /**
     * Where the pieces of products with a stock are, in no order. If there are more, those that are on sale now by the
     * database's clock come before the others, and the last ids before the first. Reads the stock rows, and of the index's
     * entries those of active holds and pending orders.
     *
     * @param within fails if the database needs longer
     */
    List<ProductPieces> pieces(int limit, Duration within);

    /**
     * What of a product is over in the next {@link ExpiringPieces#AHEAD} of the database's clock: one for each {@link
     * ExpiringPieces#STEP}, in their order. Reads the index's entries of that time.
     *
     * @param within fails if the database needs longer
     */
    List<ExpiringPieces> expiring(ProductId id, Duration within);

    /** Has a hold found by its customer, and counted where it takes pieces or is ordered; it is locked, and names one. */
    void countForCustomer(HoldId id);
}
