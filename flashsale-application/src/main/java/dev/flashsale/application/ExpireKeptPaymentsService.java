package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RecordedPayment;
import java.time.Duration;
import java.util.List;

final class ExpireKeptPaymentsService implements ExpireKeptPayments {

    private final Ports ports;
    private final Duration keep;
    private final int batch;

    ExpireKeptPaymentsService(Ports ports, Duration keep, int batch) {
        this.ports = ports;
        this.keep = keep;
        this.batch = batch;
    }

    /** Whoever makes the order in this moment waits for the payment's row, and finds that it is not kept any more. */
    @Override
    public int expire() {
        return ports.transactions().run(attempt -> {
            List<Payment> old = ports.payments().lockKeptFor(keep, batch);
            ports.payments().settle(old.stream().map(RecordedPayment::givenUp).toList());
            return old.size();
        });
    }
}
