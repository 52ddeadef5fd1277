package dev.flashsale.application;

import dev.flashsale.application.port.AuditReport;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import java.util.List;

/** Whether everything adds up, and what can be done where it does not. */
public interface Audits {

    /** Looks at everything, as of one moment. Locks nothing, and reads every row. */
    AuditReport audit();

    /**
     * The products whose pieces do not add up: a part of an {@link #audit}, cheap enough for while they are sold. It locks
     * nothing, and reads what is held and ordered but nothing of what is over.
     *
     * @throws RuntimeException if the database could not tell, or not soon enough
     */
    List<AuditReport.Conservation> checkConservation();

    /** What {@link #repair} would do, by the report alone. */
    List<Mend> plan(AuditReport report);

    /**
     * Mends what an audit found, where that is safe while the sale goes on: looks at each finding again, with its rows
     * locked, in a short transaction of its own, also where the caller has one. What can be told from holds and orders is
     * written anew, and a payment that waits for an order that is there takes effect; other than that holds, orders and
     * payments themselves are evidence, and are neither changed nor removed.
     */
    List<Mend> repair(AuditReport report);

    /** What became of a finding. */
    sealed interface Mend {

        /** What is available was set to what holds and orders leave of the total. */
        record AvailableSet(ProductId productId, long before, long after) implements Mend {}

        /** Not mended: holds and orders have more pieces than there are. Raise the total, or give money back. */
        record Oversold(ProductId productId, long pieces) implements Mend {}

        /** The hold is found by its customer again, and counted by the limit where it takes something. */
        record CountedForCustomer(HoldId holdId) implements Mend {}

        /** A payment that was kept although its order exists has taken effect. */
        record PaymentSettled(TransactionId transactionId) implements Mend {}

        /** It was right when it was looked at again. */
        record RightMeanwhile(String what, String id) implements Mend {}

        /** Not mended: it takes somebody to find out what happened. */
        record LeftToPeople(String what, String id) implements Mend {}
    }
}
