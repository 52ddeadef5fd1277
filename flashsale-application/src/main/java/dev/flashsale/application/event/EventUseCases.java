package dev.flashsale.application.event;

import dev.flashsale.application.Events;
import dev.flashsale.application.SaleListener.Work;
import dev.flashsale.application.batch.Failures;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.KeptEvent;
import dev.flashsale.domain.event.SaleEvent.HoldEnding;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

public final class EventUseCases implements Events {

    private static final int FORGOTTEN_AT_ONCE = 1000;
    private static final int PRODUCTS_PER_PASS = 1000;
    private static final int ANNOUNCED_AT_ONCE = 5000;

    private final Transactions transactions;
    private final Subscriptions subscriptions;
    private final Failures failures;

    public EventUseCases(Transactions transactions, Subscriptions subscriptions, Failures failures) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.failures = failures;
    }

    @Override
    public void subscribe(Set<EventKind> kinds) {
        subscriptions.keep(kinds);
    }

    @Override
    public void keepFor(Set<EventKind> kinds, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("the time must be above 0, was " + time);
        }
        transactions.runAlone(tx -> {
            tx.endpoints().keepFor(kinds, time);
            return time;
        });
        refresh();
    }

    @Override
    public void refresh() {
        subscriptions.keepForOthers(transactions.read(tx -> tx.endpoints().wanted()));
    }

    @Override
    public Set<EventKind> kept() {
        return Set.copyOf(subscriptions.kept());
    }

    @Override
    public SortedMap<Long, Long> lastNumbers() {
        return transactions.runAlone(tx -> tx.events().lastNumbers());
    }

    @Override
    public List<KeptEvent> after(long product, long number, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be 1 or more, was " + limit);
        }
        return transactions.runAlone(tx -> tx.events().after(product, number, limit));
    }

    @Override
    public int forget(Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("the age must be above 0, was " + age);
        }
        return failures.sum(
                        transactions.read(tx -> tx.events().productsWithOlderThan(age, PRODUCTS_PER_PASS)),
                        Work.FORGET_EVENTS,
                        product -> "product " + product,
                        product -> transactions.runAlone(
                                tx -> tx.events().deleteOlderThan(product, age, FORGOTTEN_AT_ONCE)))
                + transactions.runAlone(tx -> tx.endpoints().forgetDeliveries(age, FORGOTTEN_AT_ONCE));
    }

    @Override
    public int announceEnds(Duration within) {
        if (within.isNegative() || within.isZero()) {
            throw new IllegalArgumentException("the duration must be above 0, was " + within);
        }
        if (!subscriptions.wants(EventKind.HOLD_ENDING)) {
            return 0;
        }
        return failures.sum(
                transactions.read(tx -> tx.holdHousekeeping().productsWithEnding(within, PRODUCTS_PER_PASS)),
                Work.ANNOUNCE_ENDS,
                id -> "product " + id,
                id -> announceEnds(id, within));
    }

    /** Whoever has the product's number announces; what ended meanwhile is passed over. */
    private int announceEnds(ProductId id, Duration within) {
        return transactions.runAlone(tx -> {
            if (!(tx instanceof ToldTransaction told)) {
                // Nobody subscribes any more.
                return 0;
            }
            Instant until = tx.events().lockAnnounced(id).orElse(Instant.EPOCH);
            AsOf<HoldId, Hold> ending = tx.holdHousekeeping().ending(id, until, within, ANNOUNCED_AT_ONCE);
            List<Hold> holds = List.copyOf(ending.rows().values());
            List<Hold> announced = holds.size() < ANNOUNCED_AT_ONCE ? holds : withoutTheLastMoment(holds);
            announced.stream()
                    .filter(hold -> ending.now().isBefore(hold.expiresAt()))
                    .forEach(hold -> tell(told, hold));
            if (!announced.isEmpty()) {
                tx.events().saveAnnounced(id, announced.getLast().expiresAt());
            }
            return announced.size();
        });
    }

    /** Of those that end at the same moment as the last one there may be more. */
    private static List<Hold> withoutTheLastMoment(List<Hold> holds) {
        Instant last = holds.getLast().expiresAt();
        List<Hold> before =
                holds.stream().filter(hold -> hold.expiresAt().isBefore(last)).toList();
        return before.isEmpty() ? holds : before;
    }

    private static void tell(ToldTransaction tx, Hold hold) {
        tx.story()
                .add(
                        EventKind.HOLD_ENDING,
                        stamp -> new HoldEnding(stamp, hold.id(), hold.lines(), hold.customerId(), hold.expiresAt()));
    }
}
