package dev.flashsale.domain.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "10, EUR, 10.00 EUR",
        "10.5, EUR, 10.50 EUR",
        "10.000000, EUR, 10.00 EUR",
        "0, EUR, 0.00 EUR",
        "1E+3, JPY, 1000 JPY",
        "1000.00, JPY, 1000 JPY",
        "1.2, BHD, 1.200 BHD",
        "0.25, CLF, 0.2500 CLF",
        "1500, ISK, 1500 ISK",
        "99.9, HUF, 99.90 HUF",
        "0E+1000000000, EUR, 0.00 EUR",
        "999999999999999.999, BHD, 999999999999999.999 BHD"
    })
    void anAmountAlwaysHasItsCurrencysDecimals(String amount, String currency, String written) {
        assertThat(Money.of(amount, currency)).hasToString(written);
    }

    @Test
    void amountsThatDifferInZeroesAloneAreEqual() {
        assertThat(Money.of("10", "EUR")).isEqualTo(Money.of("10.000", "EUR")).isNotEqualTo(Money.of("10", "USD"));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.01, EUR, -0.01",
        "1000000000000000, EUR, 1000000000000000",
        "1E+999999999, EUR, 1E+999999999",
        "0.001, EUR, 0.001",
        "0.1, JPY, 0.1",
        "0.0001, BHD, 0.0001",
        "1E-999999999, EUR, 1E-999999999"
    })
    void anAmountOutOfBoundsIsRefusedByItsName(String amount, String currency, String named) {
        assertThatThrownBy(() -> Money.of(amount, currency))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("amount")
                .hasMessageEndingWith("was " + named);
    }

    @Test
    void aCurrencyThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> Money.of("1", "EURO")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPriceTimesAQuantityIsExact() {
        assertThat(Money.of("19.99", "EUR").times(1_000_000)).isEqualTo(Money.of("19990000.00", "EUR"));
        assertThat(Money.of("0.005", "BHD").times(3)).isEqualTo(Money.of("0.015", "BHD"));
        assertThat(Money.of("0", "EUR").times(3)).isEqualTo(Money.of("0", "EUR"));
    }
}
