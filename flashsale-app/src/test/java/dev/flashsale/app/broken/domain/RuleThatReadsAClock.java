package dev.flashsale.app.broken.domain;

import java.time.Instant;

public final class RuleThatReadsAClock {

    private RuleThatReadsAClock() {}

    static boolean over(Instant deadline) {
        return Instant.now().isAfter(deadline);
    }
}
