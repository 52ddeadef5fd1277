package dev.flashsale.adapter.jdbc.testing;

import org.springframework.stereotype.Component;

/** A component beside an application that needs what is not there: a {@link FlashsaleTest} makes none of those. */
@Component
final class LeftOut {

    LeftOut(Runnable missing) {
        throw new AssertionError("is to be left out: " + missing);
    }
}
