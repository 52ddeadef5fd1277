package dev.flashsale.application.housekeeping;

import dev.flashsale.application.Events;
import dev.flashsale.application.Housekeeping;
import dev.flashsale.application.Purge;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.Settings;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.application.housekeeping.HousekeepingTurn.Pass;
import dev.flashsale.application.payment.Settlement;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.application.stock.StockReturns;
import dev.flashsale.application.stock.StockWrites;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.TransactionId;
import java.time.Duration;
import java.util.List;

public final class HousekeepingUseCases implements Housekeeping {

    /** What two members of a cluster made at once shows within seconds; older ones are left to a repair. */
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final ExpiryService holds;
    private final ExpiryService orders;
    private final PurgeService purge;
    private final Settlement settlement;
    private final Events events;
    private final Settings settings;
    private final Failures failures;

    public HousekeepingUseCases(
            Transactions transactions,
            StockReturns returns,
            StockWrites writes,
            Notifications notifications,
            Failures failures,
            Settlement settlement,
            Events events,
            Settings settings) {
        this.transactions = transactions;
        this.settlement = settlement;
        this.events = events;
        this.settings = settings;
        this.failures = failures;
        holds = ExpiryService.ofHolds(transactions, returns, writes, notifications, failures);
        orders = ExpiryService.ofOrders(transactions, returns, writes, notifications, failures);
        purge = new PurgeService(transactions, failures);
    }

    @Override
    public Running start(Duration interval, Duration keyRetention) {
        return HousekeepingLoop.start(turn(keyRetention), interval);
    }

    @Override
    public void tidy(Duration keyRetention) {
        turn(keyRetention).run(() -> Thread.currentThread().isInterrupted());
    }

    private HousekeepingTurn turn(Duration keyRetention) {
        requireOld(keyRetention);
        return new HousekeepingTurn(
                List.of(
                        new Pass(Work.READ_SUBSCRIPTIONS, this::readSubscriptions),
                        new Pass(Work.EXPIRE_HOLDS, this::expireHolds),
                        new Pass(Work.EXPIRE_ORDERS, this::expireOrders),
                        new Pass(Work.SETTLE_KEPT_PAYMENTS, this::settleKeptPayments),
                        new Pass(Work.EXPIRE_KEPT_PAYMENTS, this::expireKeptPayments),
                        new Pass(Work.FORGET_KEYS, () -> forgetKeys(keyRetention)),
                        new Pass(Work.ANNOUNCE_ENDS, () -> events.announceEnds(settings.announceEnds())),
                        new Pass(Work.FORGET_EVENTS, () -> events.forget(settings.eventKeep()))),
                failures);
    }

    /** Once a turn. */
    private int readSubscriptions() {
        events.refresh();
        return 0;
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
            List<Payment> old = tx.paymentHousekeeping().lockKeptFor(settings.paymentKeep(), settings.expiryBatch());
            settlement.giveUp(tx, old);
            return old.size();
        });
    }

    @Override
    public int settleKeptPayments() {
        List<TransactionId> kept = transactions.read(
                tx -> tx.paymentHousekeeping().keptThoughOrdered(SETTLED_WITHIN, settings.expiryBatch()));
        return failures.sum(
                kept,
                Work.SETTLE_KEPT_PAYMENTS,
                id -> "payment " + id,
                id -> transactions.runAlone(tx -> settlement.settle(tx, id).size()));
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
