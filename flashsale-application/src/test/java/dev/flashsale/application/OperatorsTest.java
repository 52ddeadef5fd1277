package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.Money;
import dev.flashsale.domain.product.Product;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.AdjustOutcome;
import dev.flashsale.domain.stock.LedgerRow;
import dev.flashsale.domain.stock.NewProduct;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.TotalChange;
import dev.flashsale.domain.testing.Examples;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators do with products: every change is done once, and recorded once. */
final class OperatorsTest {

    private static final Cause CAUSE = new Cause("ann", "a good reason");
    private static final NewProduct CONSOLE =
            new NewProduct("Console", Money.of("10.00", "EUR"), 50, new SaleRules(2, null, SaleWindow.ALWAYS));
    private static final Edit<Integer> KEEP = new Edit.Keep<>();
    private static final Edit<Instant> KEEP_MOMENT = new Edit.Keep<>();

    private static final IdempotencyKey KEY = new IdempotencyKey("key");

    private final Sale sale = new Sale();

    @Test
    void productsAreNumberedOneAfterTheOther() {
        ViewProduct.View first = sale.flashsale.createProduct().create(CONSOLE, CAUSE);
        ViewProduct.View second = sale.flashsale.createProduct().create(CONSOLE, CAUSE);

        assertThat(first.product().id()).isEqualTo(new ProductId(1));
        assertThat(second.product().id()).isEqualTo(new ProductId(2));
        assertThat(sale.flashsale.viewProduct().view(new ProductId(2))).contains(second);
        assertThat(second.stock()).isEqualTo(CONSOLE.stock(new ProductId(2)));
        assertThat(log()).extracting(LogEntry::action).containsOnly(Action.PRODUCT_CREATED);
        assertThat(log().getLast().change())
                .isEqualTo("name: none → Console; price: none → 10.00 EUR; max per hold: none → 2; total: 0 → 50");
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aNumberThatAProgramHasTakenIsNotGivenOut() {
        assertThat(sale.putProduct.put(Examples.product(new ProductId(1)), 1)).isNotNull();

        assertThat(sale.flashsale
                        .createProduct()
                        .create(CONSOLE, CAUSE)
                        .product()
                        .id())
                .isEqualTo(new ProductId(2));
    }

    @ParameterizedTest
    @EnumSource
    void aProductIsCreatedOnceWhateverBecomesOfTheFirstAttempt(Fate fate) {
        sale.transactions.meet(fate);

        ViewProduct.View view = sale.flashsale.createProduct().create(CONSOLE, CAUSE);

        assertThat(sale.database.stocks())
                .containsExactly(CONSOLE.stock(view.product().id()));
        assertThat(log()).hasSize(1);
        assertThat(sale.addsUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aProductThatIsCreatedAgainUnderItsKeyIsTheFirstOneAsItWas(Fate fate) {
        sale.transactions.meet(fate);

        KeyedOutcome<ViewProduct.View> first =
                sale.flashsale.createProductOnce().create(CONSOLE, CAUSE, KEY);
        ViewProduct.View view = view(first);
        assertThat(sale.flashsale.adjustStock().adjust(view.product().id(), 1, CAUSE))
                .isPresent();
        KeyedOutcome<ViewProduct.View> again =
                sale.flashsale.createProductOnce().create(CONSOLE, CAUSE, KEY);

        assertThat(view.stock()).isEqualTo(CONSOLE.stock(view.product().id()));
        assertThat(again).isEqualTo(new KeyedOutcome.Replayed<>(view));
        assertThat(sale.database.stocks()).hasSize(1);
        assertThat(log()).extracting(LogEntry::action).containsExactly(Action.PRODUCT_CREATED, Action.STOCK_ADJUSTED);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void anotherProductOrAnotherReasonUnderTheKeyIsRefused() {
        ViewProduct.View view = view(sale.flashsale.createProductOnce().create(CONSOLE, CAUSE, KEY));
        NewProduct other = new NewProduct("Box", CONSOLE.price(), CONSOLE.total(), CONSOLE.rules());

        assertThat(sale.flashsale.createProductOnce().create(other, CAUSE, KEY))
                .isEqualTo(new KeyedOutcome.KeyReused<>(KEY));
        assertThat(sale.flashsale.createProductOnce().create(CONSOLE, Cause.PROGRAM, KEY))
                .isEqualTo(new KeyedOutcome.KeyReused<>(KEY));
        assertThat(sale.database.stocks())
                .containsExactly(CONSOLE.stock(view.product().id()));
    }

    private static ViewProduct.View view(KeyedOutcome<ViewProduct.View> keyed) {
        return switch (keyed) {
            case KeyedOutcome.First<ViewProduct.View> first -> first.outcome();
            // The first attempt was committed after all.
            case KeyedOutcome.Replayed<ViewProduct.View> again -> again.outcome();
            case KeyedOutcome.KeyReused<ViewProduct.View> reused -> throw new AssertionError(reused);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aTotalIsAdjustedAndEnteredOnce(Fate fate) {
        ProductId id = sale.productOnSale(10);
        sale.held(id, 3);
        sale.transactions.meet(fate);

        assertThat(sale.flashsale.adjustStock().adjust(id, 4, CAUSE))
                .contains(new AdjustOutcome.Adjusted(new Stock(id, 4, 1)));

        assertThat(ledger(id))
                .extracting(LedgerRow::change)
                .containsExactly(
                        new TotalChange(id, -6, sale.database.now(), CAUSE),
                        new TotalChange(id, 10, sale.database.now(), Cause.PROGRAM));
        assertThat(log().getLast())
                .isEqualTo(
                        new LogEntry(sale.database.now(), CAUSE, Action.STOCK_ADJUSTED, id.value(), "total: 10 → 4"));
        assertThat(log()).hasSize(2);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aTotalIsNeverBelowWhatIsTaken() {
        ProductId id = sale.productOnSale(10);
        sale.held(id, 1);
        sale.ordered(id, 2);
        sale.paid(id, 4);

        assertThat(sale.flashsale.adjustStock().adjust(id, 6, CAUSE)).contains(new AdjustOutcome.BelowTaken(7));
        assertThat(sale.available(id)).isEqualTo(3);
        assertThat(ledger(id)).hasSize(1);
        assertThat(sale.flashsale.adjustStock().adjust(id, 7, CAUSE))
                .contains(new AdjustOutcome.Adjusted(new Stock(id, 7, 0)));
    }

    @Test
    void whatIsHeldBeyondItsTimeDoesNotKeepATotalUp() {
        ProductId id = sale.productOnSale(10);
        sale.held(id, 4);
        sale.database.advance(sale.settings.holdTtl());
        sale.held(id, 3);

        assertThat(sale.flashsale.adjustStock().adjust(id, 2, CAUSE)).contains(new AdjustOutcome.BelowTaken(3));
        assertThat(sale.available(id)).isEqualTo(7);
        assertThat(sale.flashsale.adjustStock().adjust(id, 3, CAUSE))
                .contains(new AdjustOutcome.Adjusted(new Stock(id, 3, 0)));
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void theSameTotalAgainIsNotEntered() {
        ProductId id = sale.productOnSale(10);

        assertThat(sale.flashsale.adjustStock().adjust(id, 10, CAUSE)).isPresent();

        assertThat(ledger(id)).hasSize(1);
        assertThat(log()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aProductIsChangedOnceAndItsStockStays(Fate fate) {
        ProductId id = sale.productOnSale(10);
        sale.held(id, 3);
        sale.transactions.meet(fate);
        ProductChange change = new ProductChange(
                "Box", new BigDecimal("9.90"), null, new Edit.To<>(1), KEEP, KEEP_MOMENT, KEEP_MOMENT);

        ChangeOutcome outcome = sale.flashsale.changeProduct().change(id, change, CAUSE);

        Product changed = new Product(id, "Box", Money.of("9.90", "EUR"));
        SaleRules rules = new SaleRules(1, null, SaleWindow.ALWAYS);
        assertThat(outcome).isEqualTo(new ChangeOutcome.Changed(changed, rules));
        assertThat(sale.flashsale.viewProduct().view(id))
                .contains(new ViewProduct.View(changed, new Stock(id, 10, 7, rules), SaleState.OPEN));
        assertThat(log()).hasSize(2);
        assertThat(log().getLast().change())
                .isEqualTo("name: Console → Box; price: 19.90 EUR → 9.90 EUR; max per hold: none → 1");
    }

    @Test
    void aRefusedChangeChangesNothing() {
        ProductId id = sale.productOnSale(10);
        ProductChange change = new ProductChange(
                "Box", new BigDecimal("9.999"), null, new Edit.To<>(1), KEEP, KEEP_MOMENT, KEEP_MOMENT);

        assertThat(sale.flashsale.changeProduct().change(id, change, CAUSE))
                .isInstanceOf(ChangeOutcome.InvalidPrice.class);

        assertThat(sale.flashsale.viewProduct().view(id))
                .contains(new ViewProduct.View(Examples.product(id), Stock.untouched(id, 10), SaleState.OPEN));
        assertThat(log()).hasSize(1);
    }

    @Test
    void aSaleIsClosedAndOpenedAgain() {
        ProductId id = sale.productOnSale(10);
        Instant now = sale.database.now();

        assertThat(sale.flashsale.closeSale().close(id, CAUSE)).contains(new SaleWindow(null, now));
        assertThat(state(id)).isEqualTo(SaleState.OVER);
        assertThat(sale.flashsale.closeSale().close(id, CAUSE)).contains(new SaleWindow(null, now));
        assertThat(sale.flashsale.openSale().open(id, CAUSE)).contains(new SaleWindow(now, null));
        assertThat(state(id)).isEqualTo(SaleState.OPEN);
        assertThat(sale.flashsale.openSale().open(id, CAUSE)).contains(new SaleWindow(now, null));

        assertThat(log())
                .extracting(LogEntry::action)
                .containsExactly(Action.PRODUCT_CREATED, Action.SALE_CLOSED, Action.SALE_OPENED);
    }

    @Test
    void thereIsNothingToDoWithAProductThatDoesNotExist() {
        ProductId unknown = Examples.newProductId();
        ProductChange change = new ProductChange("Box", null, null, KEEP, KEEP, KEEP_MOMENT, KEEP_MOMENT);

        assertThat(sale.flashsale.adjustStock().adjust(unknown, 1, CAUSE)).isEmpty();
        assertThat(sale.flashsale.openSale().open(unknown, CAUSE)).isEmpty();
        assertThat(sale.flashsale.closeSale().close(unknown, CAUSE)).isEmpty();
        assertThat(sale.flashsale.changeProduct().change(unknown, change, CAUSE))
                .isEqualTo(new ChangeOutcome.UnknownProduct(unknown));
        assertThat(log()).isEmpty();
    }

    /** With the memory on: what was read and refused a moment ago must not outlive what this node commits. */
    @Test
    void whatAnOperatorChangesIsSeenAtOnce() {
        Flashsale remembering = Flashsale.on(sale.ports, Settings.defaults());
        ProductId id =
                remembering.createProduct().create(CONSOLE, CAUSE).product().id();
        ProductChange rename = new ProductChange("Box", null, null, KEEP, KEEP, KEEP_MOMENT, KEEP_MOMENT);
        assertThat(name(remembering, id)).isEqualTo("Console");
        assertThat(name(remembering, id)).isEqualTo("Console");

        assertThat(remembering.changeProduct().change(id, rename, CAUSE)).isInstanceOf(ChangeOutcome.Changed.class);
        assertThat(name(remembering, id)).isEqualTo("Box");

        assertThat(remembering.adjustStock().adjust(id, 5, CAUSE)).isPresent();
        assertThat(remembering.viewProduct().view(id).orElseThrow().stock().total())
                .isEqualTo(5);
    }

    private static String name(Flashsale flashsale, ProductId id) {
        return flashsale.viewProduct().view(id).orElseThrow().product().name();
    }

    private SaleState state(ProductId id) {
        return sale.flashsale.viewProduct().view(id).orElseThrow().sale();
    }

    private List<LedgerRow> ledger(ProductId id) {
        return sale.ports.stocks().ledger(id, Optional.empty(), 10);
    }

    private List<LogEntry> log() {
        return sale.database.operatorLog();
    }
}
