package dev.flashsale.application.testing;

import static dev.flashsale.application.testing.FlashsaleAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.PageSize;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.InMemoryDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each of them can fail, and says of what. */
class FlashsaleAssertionsTest {

    private final InMemoryDatabase database = new InMemoryDatabase();
    private final Flashsale flashsale =
            Flashsale.on(new InMemoryTransactions(database), Settings.defaults().withoutMemory());
    private final Given given = Given.in(flashsale);
    private final ProductId console = given.productOnSale(10);
    private final HoldId hold = given.held(console, 1);
    private final Order order = given.ordered(console, 2);

    @Test
    void eachSaysWhatWasAndWhatShouldHaveBeen() {
        String product = "product " + console + ": expected 9 pieces ";

        assertFails(() -> assertThat(flashsale).hasAvailable(console, 9), product + "available, were 7");
        assertFails(() -> assertThat(flashsale).hasHeld(console, 9), product + "held, were 1");
        assertFails(() -> assertThat(flashsale).hasPending(console, 9), product + "in pending orders, were 2");
        assertFails(() -> assertThat(flashsale).hasPaid(console, 9), product + "in paid orders, were 0");
        assertFails(
                () -> assertThat(flashsale).hasHold(hold, HoldStatus.EXPIRED), "expected to be EXPIRED, was ACTIVE");
        assertFails(
                () -> assertThat(flashsale).hasOrder(order.id(), OrderStatus.PAID), "expected to be PAID, was PENDING");
    }

    @Test
    void whatThereIsNotIsNamed() {
        ProductId unknown = Examples.newProductId();

        assertFails(() -> assertThat(flashsale).hasAvailable(unknown, 0), "no product " + unknown);
        assertFails(() -> assertThat(flashsale).hasPaid(unknown, 0), "no product " + unknown);
        assertFails(() -> assertThat(flashsale).hasHold(Examples.newHoldId(), HoldStatus.ACTIVE), "no hold ");
        assertFails(() -> assertThat(flashsale).hasOrder(Examples.unknownOrderId(), OrderStatus.PAID), "no order ");
    }

    @Test
    void booksThatDoNotAddUpAreShown() {
        assertThat(flashsale).booksAddUp();
        Stock stock =
                database.repositories().stocks().lock(Set.of(console)).rows().get(console);
        database.repositories().stocks().save(List.of(stock.giveBack(1)));

        assertFails(() -> assertThat(flashsale).booksAddUp(), "available=8");
    }

    @Test
    void aProductOfTheFirstNumberAndARetiredOneAreFoundAsWell() {
        ProductId first = given.product().withId(1).pieces(3).onSale();
        assertThat(flashsale).hasAvailable(first, 3);

        PutOutcome retired = flashsale
                .products()
                .put(Examples.product(first), 3, new SaleRules(null, null, SaleWindow.ALWAYS, true));
        assertThat(retired).isInstanceOf(AdjustOutcome.Adjusted.class);
        assertThat(flashsale
                        .lists()
                        .retiredProducts(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .hasSize(1);
        assertThat(flashsale).hasAvailable(first, 3);
    }

    @Test
    void aLotOfHoldsIsCountedPageByPage() {
        ProductId cable = given.productOnSale(600);
        for (int i = 0; i < 501; i++) {
            given.held(cable, 1);
        }

        assertThat(flashsale).hasHeld(cable, 501).hasHeld(console, 1);
    }

    private static void assertFails(Runnable assertion, String message) {
        assertThatThrownBy(assertion::run).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }
}
