package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One thread's load: transactions of the host with rows of its own, committed and rolled back, and calls outside any, which
 * share their transactions with others. What is told is noted.
 */
final class Buyer {

    /** A host changes its mind: what it did is to be rolled back. */
    private static final class Undone extends RuntimeException {
        Undone() {
            super("undone", null, false, false);
        }
    }

    private static final int ATTEMPTS = 3;

    final Told told = new Told();

    private final Host host;
    private final Flashsale flashsale;
    private final Sale sale;
    private final ProductId own;
    private final SplittableRandom random;
    private final AtomicReferenceArray<HoldRequest> granted;
    private final Counts counts;
    private final Violations violations;
    private final Calls calls;
    private int ownTaken;

    /** @param granted holds placed outside any transaction, on which others may act, too */
    Buyer(
            Host host,
            Sale sale,
            int number,
            SplittableRandom random,
            AtomicReferenceArray<HoldRequest> granted,
            Counts counts,
            Violations violations) {
        this.host = host;
        this.flashsale = host.flashsale();
        this.sale = sale;
        this.own = sale.ownOf(number);
        this.random = random;
        this.granted = granted;
        this.counts = counts;
        this.violations = violations;
        this.calls = new Calls(flashsale, told, random, counts, violations);
    }

    void next() {
        calls.begin(false);
        try {
            act(random.nextInt(100));
        } catch (Busy busy) {
            // What was told before it counts.
        } catch (RuntimeException failed) {
            violations.add("failed outside any transaction", failed);
        }
        host.leftOnThread().forEach(left -> violations.add("left on a thread", left));
    }

    private void act(int choice) {
        if (choice < 45) {
            transaction(true);
        } else if (choice < 65) {
            transaction(false);
        } else if (choice < 69) {
            quiet();
        } else if (choice < 74) {
            ownProduct();
        } else {
            alone();
        }
    }

    /**
     * A hold with rows of the host's before and after it, and sometimes more of the library's in the same transaction. What the
     * database has rolled back is done again, under the same ids.
     */
    private void transaction(boolean commits) {
        HoldRequest wish = sale.wish(flashsale.holds().newId(), random);
        HoldRequest second = sale.wish(flashsale.holds().newId(), random);
        End end = End.LOST;
        for (int attempt = 0; attempt < ATTEMPTS && end == End.LOST; attempt++) {
            Told inside = new Told();
            end = inTransaction(bookings -> {
                book(wish, second, inside, bookings);
                if (!commits) {
                    throw new Undone();
                }
            });
            if (end == End.COMMITTED) {
                told.add(inside, violations);
            } else if (!host.joins()) {
                inside.bookings.clear();
                told.add(inside, violations);
            }
        }
        told.hold(wish.holdId(), Fate.ABSENT);
        told.hold(second.holdId(), Fate.ABSENT);
    }

    private void book(HoldRequest wish, HoldRequest second, Told inside, Host.Bookings bookings) {
        // The first read, from which on a transaction in REPEATABLE READ sees what was committed until then.
        if (random.nextBoolean() && bookings.count(wish.holdId().value()) != 0) {
            violations.add("a row of the host's before it was written", wish.holdId());
        }
        bookings.add(wish.holdId().value(), "begun");
        boolean placed = calls.place(wish, inside);
        if (placed) {
            more(wish, second, inside, bookings);
        }
        bookings.add(wish.holdId().value(), placed ? "placed" : "not placed");
        if (bookings.count(wish.holdId().value()) != 2 && !calls.lost()) {
            violations.add("a row of the host's lost inside its transaction", wish.holdId());
        }
        inside.booking(wish.holdId(), 2);
    }

    private void more(HoldRequest wish, HoldRequest second, Told inside, Host.Bookings bookings) {
        switch (random.nextInt(20)) {
            case 0, 1 -> calls.order(wish, inside);
            case 2, 3 -> calls.release(wish, inside);
            case 4, 5 -> calls.repeat(wish, inside);
            case 6, 7 -> calls.view(wish.lines().first().productId());
            case 8 -> calls.order(anyGranted(), inside);
            case 9 -> calls.release(anyGranted(), inside);
            case 10 -> calls.repeat(anyGranted(), inside);
            case 11, 12 -> {
                if (calls.place(second, inside)) {
                    bookings.add(second.holdId().value(), "second");
                    inside.booking(second.holdId(), 1);
                }
            }
            case 13 -> Load.sleep(10);
            default -> {}
        }
    }

    private void alone() {
        HoldRequest wish = sale.wish(flashsale.holds().newId(), random);
        told.hold(wish.holdId(), Fate.ABSENT);
        if (calls.place(wish, told)) {
            switch (random.nextInt(10)) {
                case 0 -> calls.order(wish, told);
                case 1 -> calls.release(wish, told);
                case 2 -> calls.repeat(wish, told);
                default -> granted.set(random.nextInt(granted.length()), wish);
            }
        }
        switch (random.nextInt(10)) {
            case 0 -> calls.order(anyGranted(), told);
            case 1 -> calls.release(anyGranted(), told);
            case 2 -> calls.repeat(anyGranted(), told);
            case 3 -> calls.view(wish.lines().first().productId());
            default -> {}
        }
    }

    /** All holds of this product are rolled back, so nobody else may ever see less than all of it. */
    private void quiet() {
        if (!host.joins() || random.nextInt(4) != 0) {
            calls.expect(Sale.QUIET_TOTAL, sale.quiet(), "what was not committed was seen");
            return;
        }
        HoldRequest wish = new HoldRequest(flashsale.holds().newId(), sale.quiet(), new Quantity(1));
        inTransaction(bookings -> {
            if (calls.place(wish, new Told())) {
                calls.expect(Sale.QUIET_TOTAL - 1, sale.quiet(), "own hold not seen in its transaction");
            }
            throw new Undone();
        });
        told.hold(wish.holdId(), Fate.ABSENT);
    }

    /** Nobody else buys this product, so what is left of it is known at any moment. */
    private void ownProduct() {
        HoldRequest wish = new HoldRequest(flashsale.holds().newId(), own, new Quantity(1));
        Told inside = new Told();
        boolean commits = random.nextBoolean();
        boolean done = End.COMMITTED
                == inTransaction(bookings -> {
                    bookings.count(wish.holdId().value());
                    if (calls.place(wish, inside)) {
                        calls.expect(Sale.PLENTY - ownTaken - 1, own, "wrong stock seen in a transaction");
                    }
                    if (!commits) {
                        throw new Undone();
                    }
                });
        if (done || !host.joins()) {
            told.add(inside, violations);
            ownTaken += inside.holds.size();
        }
        told.hold(wish.holdId(), Fate.ABSENT);
        calls.expect(Sale.PLENTY - ownTaken, own, "wrong stock seen after a " + (done ? "commit" : "rollback"));
    }

    private enum End {
        COMMITTED,
        ROLLED_BACK,
        /** By the database, whatever the host did. */
        LOST
    }

    private End inTransaction(Host.Work work) {
        calls.begin(host.joins());
        try {
            host.inTransaction(work);
            counts.committed.increment();
            if (calls.lost()) {
                violations.add("committed after the database had rolled back", own);
            }
            return End.COMMITTED;
        } catch (Exception failed) {
            counts.rolledBack.increment();
            if (!(failed instanceof Undone || failed instanceof Busy || calls.lost())) {
                violations.add("failed in a transaction", failed);
            }
            return calls.lost() ? End.LOST : End.ROLLED_BACK;
        } finally {
            calls.begin(false);
        }
    }

    private @Nullable HoldRequest anyGranted() {
        return granted.get(random.nextInt(granted.length()));
    }
}
