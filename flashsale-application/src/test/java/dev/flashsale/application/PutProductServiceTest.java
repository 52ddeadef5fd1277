package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.PutOutcome;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PutProductServiceTest {

    private final Sale sale = new Sale();
    private final Product product = Examples.product(Examples.newProductId());
    private final ProductId id = product.id();

    @Test
    void aNewProductIsOnSaleWithAllItsPieces() {
        PutOutcome outcome = sale.flashsale.products().put(product, 10);

        assertThat(outcome).isEqualTo(new AdjustOutcome.Adjusted(Stock.untouched(id, 10)));
        assertThat(sale.flashsale.products().view(id))
                .contains(new ProductView(product, Stock.untouched(id, 10), SaleState.OPEN));
    }

    @ParameterizedTest
    @CsvSource({"20, 17", "10, 7", "3, 0"})
    void aKnownProductIsChangedAndWhatIsTakenStaysTaken(int total, int available) {
        assertThat(sale.flashsale.products().put(product, 10)).isInstanceOf(AdjustOutcome.Adjusted.class);
        sale.held(id, 1);
        sale.ordered(id, 1);
        sale.paid(id, 1);
        Product changed = new Product(id, "Console, limited", Money.of("770.00", "EUR"));

        PutOutcome outcome = sale.flashsale.products().put(changed, total);

        Stock stock = new Stock(id, total, available);
        assertThat(outcome).isEqualTo(new AdjustOutcome.Adjusted(stock));
        assertThat(sale.flashsale.products().view(id)).contains(new ProductView(changed, stock, SaleState.OPEN));
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aTotalBelowWhatIsTakenIsRefusedAndChangesNothing() {
        assertThat(sale.flashsale.products().put(product, 10)).isInstanceOf(AdjustOutcome.Adjusted.class);
        sale.held(id, 3);
        Product changed = new Product(id, "Console, limited", Money.of("770.00", "EUR"));

        assertThat(sale.flashsale.products().put(changed, 2)).isEqualTo(new AdjustOutcome.BelowTaken(3));

        assertThat(sale.flashsale.products().view(id))
                .contains(new ProductView(product, new Stock(id, 10, 7), SaleState.OPEN));
    }

    @Test
    void whatIsOverDoesNotStandInTheWayOfALowerTotal() {
        assertThat(sale.flashsale.products().put(product, 10)).isInstanceOf(AdjustOutcome.Adjusted.class);
        sale.held(id, 6);
        sale.database.advance(sale.settings.holdTtl());
        sale.held(id, 4);

        assertThat(sale.flashsale.products().put(product, 3)).isEqualTo(new AdjustOutcome.BelowTaken(4));
        assertThat(sale.flashsale.products().put(product, 4))
                .isEqualTo(new AdjustOutcome.Adjusted(new Stock(id, 4, 0)));
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aProductKeepsItsCurrencyWhoeverChangesIt() {
        assertThat(sale.flashsale.products().put(product, 10)).isInstanceOf(AdjustOutcome.Adjusted.class);

        assertThat(sale.flashsale.products().put(new Product(id, "Console", Money.of("77000", "JPY")), 20))
                .isEqualTo(new PutOutcome.CurrencyIsFixed(Currency.getInstance("EUR")));

        assertThat(sale.flashsale.products().view(id))
                .contains(new ProductView(product, Stock.untouched(id, 10), SaleState.OPEN));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_000_001})
    void aTotalThatNoStockCanHaveIsTheCallersMistake(int total) {
        assertThatThrownBy(() -> sale.flashsale.products().put(product, total))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was " + total);
        assertThat(sale.flashsale.products().view(id)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMMITTED")
    void aProductIsPutOnSaleOnceWhenTheFirstAttemptWasLost(Fate fate) {
        sale.transactions.meet(fate);

        assertThat(sale.flashsale.products().put(product, 10))
                .isEqualTo(new AdjustOutcome.Adjusted(Stock.untouched(id, 10)));
        assertThat(sale.database.stocks()).containsExactly(Stock.untouched(id, 10));
    }
}
