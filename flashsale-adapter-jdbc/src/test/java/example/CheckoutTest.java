package example;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.adapter.jdbc.testing.FlashsaleTest;
import dev.flashsale.application.Busy;
import dev.flashsale.application.InMemoryFlashsale;
import dev.flashsale.application.testing.Given;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.product.ProductId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@FlashsaleTest
@Import(Checkout.class)
class CheckoutTest {

    @Autowired
    private Checkout checkout;

    @Autowired
    private InMemoryFlashsale flashsale;

    @Autowired
    private Given given;

    @Test
    void aPieceInTheBasketIsThereForTwoMinutes() {
        ProductId console = given.productOnSale(1);
        HoldId hold = checkout.reserve(console).orElseThrow();

        flashsale.clock().advance(Duration.ofSeconds(90));
        assertThat(checkout.timeLeft(hold)).isEqualTo(Duration.ofSeconds(30));

        flashsale.clock().advance(Duration.ofSeconds(30));
        assertThat(checkout.timeLeft(hold)).isZero();
        assertThat(flashsale).hasAvailable(console, 1);
    }

    @Test
    void aBusyDatabaseIsToldToTheBuyerAndNothingIsReserved() {
        ProductId console = given.productOnSale(1);

        flashsale.busy(true);
        assertThatThrownBy(() -> checkout.reserve(console)).isInstanceOf(Busy.class);

        flashsale.busy(false);
        assertThat(flashsale).hasAvailable(console, 1).booksAddUp();
    }
}
