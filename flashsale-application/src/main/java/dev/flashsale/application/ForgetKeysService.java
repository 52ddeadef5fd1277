package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import java.time.Duration;

final class ForgetKeysService implements ForgetKeys, CountOldKeys {

    private final Ports ports;

    ForgetKeysService(Ports ports) {
        this.ports = ports;
    }

    @Override
    public int forget(Duration age) {
        requireOld(age);
        return ports.transactions().run(attempt -> ports.idempotencyKeys().deleteOlderThan(age, MAX_AT_ONCE));
    }

    @Override
    public int count(Duration age) {
        requireOld(age);
        return ports.transactions().run(attempt -> ports.idempotencyKeys().countOlderThan(age));
    }

    private static void requireOld(Duration age) {
        if (age.compareTo(MIN_AGE) < 0) {
            throw new IllegalArgumentException(
                    "keys must be kept for " + MIN_AGE.toHours() + " hours or more, was " + age);
        }
    }
}
