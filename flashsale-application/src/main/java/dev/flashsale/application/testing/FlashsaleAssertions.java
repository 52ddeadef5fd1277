package dev.flashsale.application.testing;

import dev.flashsale.application.Flashsale;

/** Where assertions begin: {@code assertThat(flashsale).hasAvailable(product, 3)}. Needs AssertJ, beside whose own it can be imported. */
public final class FlashsaleAssertions {

    private FlashsaleAssertions() {}

    public static FlashsaleAssert assertThat(Flashsale flashsale) {
        return new FlashsaleAssert(flashsale);
    }
}
