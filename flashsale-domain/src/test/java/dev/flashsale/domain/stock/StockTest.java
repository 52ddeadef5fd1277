package dev.flashsale.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.product.ProductId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StockTest {

    private static final ProductId PRODUCT = new ProductId(7);

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 1_000_001, Integer.MAX_VALUE})
    void aQuantityOutOfBoundsIsRefused(int value) {
        assertThatThrownBy(() -> new Quantity(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 1000000, was " + value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000_000})
    void aQuantityWithinBoundsIsTaken(int value) {
        assertThat(new Quantity(value)).hasToString(Integer.toString(value));
    }

    @ParameterizedTest
    @CsvSource({"-1, -1, -1", "1000000001, 0, 1000000001", "5, 6, 6", "5, -1, -1"})
    void aStockOutOfBoundsIsRefused(int total, int available, int named) {
        assertThatThrownBy(() -> new Stock(PRODUCT, total, available))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("was " + named);
    }

    @Test
    void nothingIsTakenOfAnUntouchedStock() {
        Stock stock = Stock.untouched(PRODUCT, 5);

        assertThat(stock).isEqualTo(new Stock(PRODUCT, 5, 5));
        assertThat(stock.taken()).isZero();
    }

    @Test
    void aStockHasWhatIsAvailableAndNoMore() {
        Stock stock = new Stock(PRODUCT, 10, 3);

        assertThat(stock.has(new Quantity(3))).isTrue();
        assertThat(stock.has(new Quantity(4))).isFalse();
        assertThat(stock.taken()).isEqualTo(7);
    }

    @Test
    void takingLowersWhatIsAvailableAndNotTheTotal() {
        assertThat(new Stock(PRODUCT, 10, 3).take(new Quantity(3))).isEqualTo(new Stock(PRODUCT, 10, 0));
    }

    @Test
    void moreThanIsAvailableCannotBeTaken() {
        Stock stock = new Stock(PRODUCT, 10, 3);

        assertThatThrownBy(() -> stock.take(new Quantity(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was -1");
    }

    @Test
    void givingBackRaisesWhatIsAvailable() {
        Stock stock = new Stock(PRODUCT, 10, 3);

        assertThat(stock.giveBack(7)).isEqualTo(Stock.untouched(PRODUCT, 10));
        assertThat(stock.giveBack(0)).isEqualTo(stock);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, Integer.MAX_VALUE})
    void moreThanWasTakenCannotBeGivenBackAndIsAContradiction(int pieces) {
        assertThatThrownBy(() -> new Stock(PRODUCT, 10, 3).giveBack(pieces))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("product " + PRODUCT + " has 7 pieces taken, and " + pieces
                        + " come back: its stock contradicts its holds and orders");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void lessThanNothingCannotBeGivenBack(int pieces) {
        assertThatThrownBy(() -> new Stock(PRODUCT, 10, 3).giveBack(pieces))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + pieces);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "4, 7", "7, 10", "8, 10", "99999999999, 10"})
    void whatIsOverCountsForWhoeverLooksUpToAllThereIs(long over, int available) {
        assertThat(new Stock(PRODUCT, 10, 3).seenWith(over)).isEqualTo(new Stock(PRODUCT, 10, available));
    }

    @ParameterizedTest
    @CsvSource({"12, 5", "10, 3", "7, 0", "1000000000, 999999993"})
    void anotherTotalKeepsWhatIsTaken(int total, int available) {
        assertThat(new Stock(PRODUCT, 10, 3).adjustTo(total))
                .isEqualTo(new AdjustOutcome.Adjusted(new Stock(PRODUCT, total, available)));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 0})
    void aTotalBelowWhatIsTakenIsRefusedWithTheSmallestThatIsPossible(int total) {
        assertThat(new Stock(PRODUCT, 10, 3).adjustTo(total)).isEqualTo(new AdjustOutcome.BelowTaken(7));
    }

    @Test
    void aTotalAboveTheLimitIsTheCallersMistake() {
        Stock stock = new Stock(PRODUCT, 10, 3);

        assertThatThrownBy(() -> stock.adjustTo(Stock.MAX_TOTAL + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was 1000000001");
    }
}
