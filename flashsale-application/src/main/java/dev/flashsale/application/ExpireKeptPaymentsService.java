package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RecordedPayment;
import java.time.Duration;
import java.util.List;

final class ExpireKeptPaymentsService implements ExpireKeptPayments {

    private final Transactions transactions;
    private final Duration keep;
    private final int batch;

    ExpireKeptPaymentsService(Transactions transactions, Duration keep, int batch) {
        this.transactions = transactions;
        this.keep = keep;
        this.batch = batch;
    }

    /** Whoever makes the order in this moment waits for the payment's row, and finds that it is not kept any more. */
    @Override
    public int expire() {
        return transactions.runAlone(tx -> {
            List<Payment> old = tx.payments().lockKeptFor(keep, batch);
            tx.payments().settle(old.stream().map(RecordedPayment::givenUp).toList());
            return old.size();
        });
    }
}
