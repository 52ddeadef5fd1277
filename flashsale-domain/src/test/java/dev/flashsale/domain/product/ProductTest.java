package dev.flashsale.domain.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.testing.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProductTest {

    private static final ProductId ID = new ProductId(1);

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void aProductIdBelowOneIsRefused(long value) {
        assertThatThrownBy(() -> new ProductId(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + value);
    }

    @Test
    void productIdsAreOrderedByNumber() {
        assertThat(new ProductId(2)).isLessThan(new ProductId(10)).hasToString("2");
    }

    @Test
    void aNameIsMeasuredInCharactersAndNotInTheirHalves() {
        String longest = "🎮".repeat(200);

        assertThat(new Product(ID, longest, Examples.PRICE).name()).isEqualTo(longest);
        assertThatThrownBy(() -> new Product(ID, longest + "x", Examples.PRICE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("product name must have 1 to 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00b", "a\udfae\ud83cb"})
    void halfOfASurrogatePairIsRefused(String name) {
        assertThatThrownBy(() -> new Product(ID, name, Examples.PRICE))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("product name must not contain half of a surrogate pair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2003"})
    void aBlankNameIsRefused(String name) {
        assertThatThrownBy(() -> new Product(ID, name, Examples.PRICE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("product name must have 1 to 200 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u007f", "\u0085a"})
    void aNameWithControlCharactersIsRefused(String name) {
        assertThatThrownBy(() -> new Product(ID, name, Examples.PRICE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control characters");
    }

    @Test
    void aPriceIsSoLowThatTheLargestOrderCanBePaid() {
        Product dearest = new Product(ID, "Console", Money.of("999999999.999", "BHD"));

        assertThat(dearest.price().times(1_000_000)).isEqualTo(Money.of("999999999999000", "BHD"));
        assertThatThrownBy(() -> new Product(ID, "Console", Money.of("1000000000", "BHD")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("was 1000000000.000 BHD");
    }
}
