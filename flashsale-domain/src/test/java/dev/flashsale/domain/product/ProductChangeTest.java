package dev.flashsale.domain.product;

import static dev.flashsale.domain.testing.Examples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProductChangeTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Product product = new Product(new ProductId(7), "Console", Money.of("10.00", "EUR"));
    private final SaleRules rules = new SaleRules(3, 5, new SaleWindow(NOW, LATER));

    @Test
    void whatIsNotNamedStays() {
        assertThat(change(null, null, null, keep(), keep(), keep(), keep()))
                .isEqualTo(new ChangeOutcome.Changed(product, rules));
    }

    @Test
    void whatIsNamedIsSet() {
        Instant latest = LATER.plusSeconds(60);

        assertThat(change("Box", new BigDecimal("9.5"), EUR, to(1), to(2), to(LATER), to(latest)))
                .isEqualTo(new ChangeOutcome.Changed(
                        new Product(product.id(), "Box", Money.of("9.50", "EUR")),
                        new SaleRules(1, 2, new SaleWindow(LATER, latest))));
    }

    @Test
    void aRuleIsRemovedByNothing() {
        assertThat(change(null, null, null, to(null), to(null), to(null), to(null)))
                .isEqualTo(new ChangeOutcome.Changed(product, SaleRules.NONE));
    }

    @Test
    void aProductIsRetiredAndComesBackWithItsRules() {
        SaleRules retired = new SaleRules(3, 5, rules.window(), true);

        assertThat(retired(true).decide(product, rules)).isEqualTo(new ChangeOutcome.Changed(product, retired));
        assertThat(retired(null).decide(product, retired)).isEqualTo(new ChangeOutcome.Changed(product, retired));
        assertThat(retired(false).decide(product, retired)).isEqualTo(new ChangeOutcome.Changed(product, rules));
    }

    private static ProductChange retired(@Nullable Boolean retired) {
        return new ProductChange(null, null, null, keep(), keep(), keep(), keep(), retired);
    }

    @Test
    void aProductKeepsItsCurrency() {
        assertThat(change(null, BigDecimal.TEN, Currency.getInstance("USD"), keep(), keep(), keep(), keep()))
                .isEqualTo(new ChangeOutcome.CurrencyIsFixed(EUR));
    }

    @Test
    void aPriceThatTheCurrencyDoesNotHaveIsRefused() {
        for (String price : new String[] {"9.999", "-1", "1000000000"}) {
            assertThat(change(null, new BigDecimal(price), null, keep(), keep(), keep(), keep()))
                    .as(price)
                    .isInstanceOf(ChangeOutcome.InvalidPrice.class);
        }
    }

    @Test
    void anEndThatIsNotAfterTheStartThatStaysIsRefused() {
        assertThat(change(null, null, null, keep(), keep(), keep(), to(NOW)))
                .isInstanceOf(ChangeOutcome.InvalidWindow.class);
        assertThat(change(null, null, null, keep(), keep(), to(LATER), keep()))
                .isInstanceOf(ChangeOutcome.InvalidWindow.class);
    }

    @Test
    void aNameOrALimitThatNoProductCanHaveIsTheCallersMistake() {
        assertThatThrownBy(() -> change(" ", null, null, keep(), keep(), keep(), keep()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> change(null, null, null, to(0), keep(), keep(), keep()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> change(null, null, null, keep(), to(-1), keep(), keep()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ChangeOutcome change(
            @Nullable String name,
            @Nullable BigDecimal price,
            @Nullable Currency currency,
            Edit<Integer> maxPerHold,
            Edit<Integer> maxPerCustomer,
            Edit<Instant> startsAt,
            Edit<Instant> endsAt) {
        return new ProductChange(name, price, currency, maxPerHold, maxPerCustomer, startsAt, endsAt, null)
                .decide(product, rules);
    }

    private static <T> Edit<T> keep() {
        return new Edit.Keep<>();
    }

    private static <T> Edit<T> to(@Nullable T value) {
        return new Edit.To<>(value);
    }
}
