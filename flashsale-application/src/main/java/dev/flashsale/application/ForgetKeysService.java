package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import java.time.Duration;

final class ForgetKeysService implements ForgetKeys, CountOldKeys {

    private final Transactions transactions;

    ForgetKeysService(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public int forget(Duration age) {
        requireOld(age);
        return transactions.runAlone(tx -> tx.idempotencyKeys().deleteOlderThan(age, MAX_AT_ONCE));
    }

    @Override
    public int count(Duration age) {
        requireOld(age);
        return transactions.read(tx -> tx.idempotencyKeys().countOlderThan(age));
    }

    private static void requireOld(Duration age) {
        if (age.compareTo(MIN_AGE) < 0) {
            throw new IllegalArgumentException(
                    "keys must be kept for " + MIN_AGE.toHours() + " hours or more, was " + age);
        }
    }
}
