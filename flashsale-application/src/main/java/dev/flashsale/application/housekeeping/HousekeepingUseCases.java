package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.Purge;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.RecordedPayment;
import java.time.Duration;
import java.util.List;

public final class HousekeepingUseCases implements Housekeeping {

    private final Transactions transactions;
    private final ExpiryService holds;
    private final ExpiryService orders;
    private final PurgeService purge;
    private final Duration paymentKeep;
    private final int batch;

    public HousekeepingUseCases(
            Transactions transactions,
            StockReturns returns,
            StockWrites writes,
            Notifications notifications,
            Duration paymentKeep,
            int batch) {
        this.transactions = transactions;
        this.paymentKeep = paymentKeep;
        this.batch = batch;
        holds = ExpiryService.ofHolds(transactions, returns, writes, notifications);
        orders = ExpiryService.ofOrders(transactions, returns, writes, notifications);
        purge = new PurgeService(transactions);
    }

    @Override
    public Running start(Duration interval, Duration keyRetention) {
        requireOld(keyRetention);
        return HousekeepingLoop.start(
                List.of(
                        this::expireHolds,
                        this::expireOrders,
                        this::expireKeptPayments,
                        () -> forgetKeys(keyRetention)),
                interval);
    }

    @Override
    public int expireHolds() {
        return holds.expire();
    }

    @Override
    public int expireOrders() {
        return orders.expire();
    }

    /** Whoever makes the order in this moment waits for the payment's row, and finds that it is not kept any more. */
    @Override
    public int expireKeptPayments() {
        return transactions.runAlone(tx -> {
            List<Payment> old = tx.paymentHousekeeping().lockKeptFor(paymentKeep, batch);
            tx.payments().settle(old.stream().map(RecordedPayment::givenUp).toList());
            return old.size();
        });
    }

    @Override
    public int forgetKeys(Duration age) {
        requireOld(age);
        return transactions.runAlone(tx -> tx.idempotencyKeys().deleteOlderThan(age, MAX_KEYS_AT_ONCE));
    }

    @Override
    public int countOldKeys(Duration age) {
        requireOld(age);
        return transactions.read(tx -> tx.idempotencyKeys().countOlderThan(age));
    }

    private static void requireOld(Duration age) {
        if (age.compareTo(MIN_KEY_AGE) < 0) {
            throw new IllegalArgumentException(
                    "keys must be kept for " + MIN_KEY_AGE.toHours() + " hours or more, was " + age);
        }
    }

    @Override
    public Purge.Step purge(Purge page) {
        return purge.purge(page);
    }
}
