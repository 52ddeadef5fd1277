package dev.flashsale.application.operator;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.idempotency.ScopedKey;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.operator.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Forgets a customer, in short transactions that lock few holds and no stock. What one of them did is logged in it, and stays
 * done whatever becomes of the others. The random id is one for the whole of a call, so that what a limit counts stays together.
 */
final class ForgetCustomer {

    private static final int LINES = 100;
    private static final int KEYS = 1000;

    private final Transactions transactions;
    private final Cause cause;
    private final CustomerId customer;
    private final CustomerId pseudonym = CustomerId.forgotten(UUID.randomUUID());

    ForgetCustomer(Transactions transactions, Cause cause, CustomerId customer) {
        this.transactions = transactions;
        this.cause = cause;
        this.customer = customer;
    }

    ForgetOutcome run() {
        return customer.isNamedIn(cause.reason()) || customer.isNamedIn(cause.operator())
                ? new ForgetOutcome.NamedInCause()
                : new ForgetOutcome.Forgotten(holds(), keys());
    }

    /** What is renamed is not found again, so that each of them finds others, and the last one none. */
    private int holds() {
        int all = 0;
        int renamed;
        do {
            renamed = transactions.runAlone(this::rename);
            all += renamed;
        } while (renamed > 0);
        return all;
    }

    private int rename(Transaction tx) {
        AsOf<HoldId, CustomerId> found = tx.holdHousekeeping().ofCustomer(customer, LINES);
        int holds = found.rows().size();
        if (holds == 0) {
            tx.seeEverything();
        } else {
            tx.holdHousekeeping().rename(found.rows().keySet(), customer, pseudonym);
            log(tx, found.now(), holds + " holds have a random customer_id");
        }
        return holds;
    }

    /** Nothing leads from a customer to these, so that all of them are looked at. */
    private int keys() {
        int all = 0;
        Optional<ScopedKey> after = Optional.empty();
        do {
            Optional<ScopedKey> from = after;
            List<ScopedKey> page = transactions.read(tx -> tx.idempotencyKeys().page(from, KEYS));
            Set<ScopedKey> found =
                    page.stream().filter(key -> key.isOf(customer)).collect(Collectors.toCollection(TreeSet::new));
            if (!found.isEmpty()) {
                all += transactions.runAlone(tx -> remove(tx, found));
            }
            after = page.size() < KEYS ? Optional.empty() : Optional.of(page.getLast());
        } while (after.isPresent());
        return all;
    }

    private int remove(Transaction tx, Set<ScopedKey> keys) {
        int removed = tx.idempotencyKeys().delete(keys);
        log(tx, tx.holdHousekeeping().ofCustomer(customer, 1).now(), removed + " idempotency keys removed");
        return removed;
    }

    private void log(Transaction tx, Instant now, String change) {
        tx.operatorLog().add(new LogEntry(now, cause, Action.CUSTOMER_FORGOTTEN, Subject.FORGOTTEN.number(), change));
    }
}
