package example;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static dev.flashsale.domain.testing.HoldRequestBuilder.aHoldOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LastPiecesTest {

    private final InMemoryFlashsale flashsale = Flashsale.inMemory();
    private final Given given = Given.in(flashsale);

    @Test
    void whatIsNotOrderedInTimeCanBeHeldByAnotherBuyer() {
        ProductId console = given.productOnSale(3);
        given.paid(console, 1);
        given.held(aHoldOf(console, 2).by("alice").build());
        assertThat(flashsale.holds().place(aHoldOf(console, 1).by("bob").build()))
                .isInstanceOf(HoldOutcome.AllHeld.class);

        flashsale.clock().advance(Duration.ofMinutes(2));

        given.held(aHoldOf(console, 1).by("bob").build());
        assertThat(flashsale)
                .hasAvailable(console, 1)
                .hasHeld(console, 1)
                .hasPaid(console, 1)
                .booksAddUp();
    }
}
