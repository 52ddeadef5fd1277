package dev.flashsale.application;

import java.time.Duration;

/** Use case: tell how many outcomes {@link ForgetKeys} would forget. */
@FunctionalInterface
public interface CountOldKeys {

    /**
     * Locks nothing.
     *
     * @param age as for {@link ForgetKeys#forget}
     * @throws dev.flashsale.application.port.Busy if the database could not do it now
     */
    int count(Duration age);
}
