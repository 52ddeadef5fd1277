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
import dev.flashsale.domain.product.WindowOutcome;
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
        ProductView first = sale.flashsale.operator(CAUSE).create(CONSOLE);
        ProductView second = sale.flashsale.operator(CAUSE).create(CONSOLE);

        assertThat(first.product().id()).isEqualTo(new ProductId(1));
        assertThat(second.product().id()).isEqualTo(new ProductId(2));
        assertThat(sale.flashsale.products().view(new ProductId(2))).contains(second);
        assertThat(second.stock()).isEqualTo(CONSOLE.stock(new ProductId(2)));
        assertThat(log()).extracting(LogEntry::action).containsOnly(Action.PRODUCT_CREATED);
        assertThat(log().getLast().change())
                .isEqualTo("name: none → Console; price: none → 10.00 EUR; max per hold: none → 2; total: 0 → 50");
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void aNumberThatAProgramHasTakenIsNotGivenOut() {
        assertThat(sale.flashsale.products().put(Examples.product(new ProductId(1)), 1))
                .isNotNull();

        assertThat(sale.flashsale.operator(CAUSE).create(CONSOLE).product().id())
                .isEqualTo(new ProductId(2));
    }

    @ParameterizedTest
    @EnumSource
    void aProductIsCreatedOnceWhateverBecomesOfTheFirstAttempt(Fate fate) {
        sale.transactions.meet(fate);

        ProductView view = sale.flashsale.operator(CAUSE).create(CONSOLE);

        assertThat(sale.database.stocks())
                .containsExactly(CONSOLE.stock(view.product().id()));
        assertThat(log()).hasSize(1);
        assertThat(sale.addsUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aProductThatIsCreatedAgainUnderItsKeyIsTheFirstOneAsItWas(Fate fate) {
        sale.transactions.meet(fate);

        KeyedOutcome<ProductView> first = sale.flashsale.operator(CAUSE).create(CONSOLE, KEY);
        ProductView view = view(first);
        assertThat(sale.flashsale.operator(CAUSE).adjust(view.product().id(), 1))
                .isInstanceOf(AdjustOutcome.Adjusted.class);
        KeyedOutcome<ProductView> again = sale.flashsale.operator(CAUSE).create(CONSOLE, KEY);

        assertThat(view.stock()).isEqualTo(CONSOLE.stock(view.product().id()));
        assertThat(again).isEqualTo(new KeyedOutcome.Replayed<>(view));
        assertThat(sale.database.stocks()).hasSize(1);
        assertThat(log()).extracting(LogEntry::action).containsExactly(Action.PRODUCT_CREATED, Action.STOCK_ADJUSTED);
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void anotherProductOrAnotherReasonUnderTheKeyIsRefused() {
        ProductView view = view(sale.flashsale.operator(CAUSE).create(CONSOLE, KEY));
        NewProduct other = new NewProduct("Box", CONSOLE.price(), CONSOLE.total(), CONSOLE.rules());

        assertThat(sale.flashsale.operator(CAUSE).create(other, KEY)).isEqualTo(new KeyedOutcome.KeyReused<>(KEY));
        assertThat(sale.flashsale.operator(Cause.PROGRAM).create(CONSOLE, KEY))
                .isEqualTo(new KeyedOutcome.KeyReused<>(KEY));
        assertThat(sale.database.stocks())
                .containsExactly(CONSOLE.stock(view.product().id()));
    }

    private static ProductView view(KeyedOutcome<ProductView> keyed) {
        return switch (keyed) {
            case KeyedOutcome.First<ProductView> first -> first.outcome();
            // The first attempt was committed after all.
            case KeyedOutcome.Replayed<ProductView> again -> again.outcome();
            case KeyedOutcome.KeyReused<ProductView> reused -> throw new AssertionError(reused);
        };
    }

    @ParameterizedTest
    @EnumSource
    void aTotalIsAdjustedAndEnteredOnce(Fate fate) {
        ProductId id = sale.productOnSale(10);
        sale.held(id, 3);
        sale.transactions.meet(fate);

        assertThat(sale.flashsale.operator(CAUSE).adjust(id, 4))
                .isEqualTo(new AdjustOutcome.Adjusted(new Stock(id, 4, 1)));

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

        assertThat(sale.flashsale.operator(CAUSE).adjust(id, 6)).isEqualTo(new AdjustOutcome.BelowTaken(7));
        assertThat(sale.available(id)).isEqualTo(3);
        assertThat(ledger(id)).hasSize(1);
        assertThat(sale.flashsale.operator(CAUSE).adjust(id, 7))
                .isEqualTo(new AdjustOutcome.Adjusted(new Stock(id, 7, 0)));
    }

    @Test
    void whatIsHeldBeyondItsTimeDoesNotKeepATotalUp() {
        ProductId id = sale.productOnSale(10);
        sale.held(id, 4);
        sale.database.advance(sale.settings.holdTtl());
        sale.held(id, 3);

        assertThat(sale.flashsale.operator(CAUSE).adjust(id, 2)).isEqualTo(new AdjustOutcome.BelowTaken(3));
        assertThat(sale.available(id)).isEqualTo(7);
        assertThat(sale.flashsale.operator(CAUSE).adjust(id, 3))
                .isEqualTo(new AdjustOutcome.Adjusted(new Stock(id, 3, 0)));
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void theSameTotalAgainIsNotEntered() {
        ProductId id = sale.productOnSale(10);

        assertThat(sale.flashsale.operator(CAUSE).adjust(id, 10)).isInstanceOf(AdjustOutcome.Adjusted.class);

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
                "Box", new BigDecimal("9.90"), null, new Edit.To<>(1), KEEP, KEEP_MOMENT, KEEP_MOMENT, null);

        ChangeOutcome outcome = sale.flashsale.operator(CAUSE).change(id, change);

        Product changed = new Product(id, "Box", Money.of("9.90", "EUR"));
        SaleRules rules = new SaleRules(1, null, SaleWindow.ALWAYS);
        assertThat(outcome).isEqualTo(new ChangeOutcome.Changed(changed, rules));
        assertThat(sale.flashsale.products().view(id))
                .contains(new ProductView(changed, new Stock(id, 10, 7, rules), SaleState.OPEN));
        assertThat(log()).hasSize(2);
        assertThat(log().getLast().change())
                .isEqualTo("name: Console → Box; price: 19.90 EUR → 9.90 EUR; max per hold: none → 1");
    }

    @Test
    void aRefusedChangeChangesNothing() {
        ProductId id = sale.productOnSale(10);
        ProductChange change = new ProductChange(
                "Box", new BigDecimal("9.999"), null, new Edit.To<>(1), KEEP, KEEP_MOMENT, KEEP_MOMENT, null);

        assertThat(sale.flashsale.operator(CAUSE).change(id, change)).isInstanceOf(ChangeOutcome.InvalidPrice.class);

        assertThat(sale.flashsale.products().view(id))
                .contains(new ProductView(Examples.product(id), Stock.untouched(id, 10), SaleState.OPEN));
        assertThat(log()).hasSize(1);
    }

    @Test
    void aSaleIsClosedAndOpenedAgain() {
        ProductId id = sale.productOnSale(10);
        Instant now = sale.database.now();

        assertThat(sale.flashsale.operator(CAUSE).close(id))
                .isEqualTo(new WindowOutcome.Set(new SaleWindow(null, now)));
        assertThat(state(id)).isEqualTo(SaleState.OVER);
        assertThat(sale.flashsale.operator(CAUSE).close(id))
                .isEqualTo(new WindowOutcome.Set(new SaleWindow(null, now)));
        assertThat(sale.flashsale.operator(CAUSE).open(id)).isEqualTo(new WindowOutcome.Set(new SaleWindow(now, null)));
        assertThat(state(id)).isEqualTo(SaleState.OPEN);
        assertThat(sale.flashsale.operator(CAUSE).open(id)).isEqualTo(new WindowOutcome.Set(new SaleWindow(now, null)));

        assertThat(log())
                .extracting(LogEntry::action)
                .containsExactly(Action.PRODUCT_CREATED, Action.SALE_CLOSED, Action.SALE_OPENED);
    }

    @Test
    void thereIsNothingToDoWithAProductThatDoesNotExist() {
        ProductId unknown = Examples.newProductId();
        ProductChange change = new ProductChange("Box", null, null, KEEP, KEEP, KEEP_MOMENT, KEEP_MOMENT, null);

        assertThat(sale.flashsale.operator(CAUSE).adjust(unknown, 1))
                .isEqualTo(new AdjustOutcome.UnknownProduct(unknown));
        assertThat(sale.flashsale.operator(CAUSE).open(unknown)).isEqualTo(new WindowOutcome.UnknownProduct(unknown));
        assertThat(sale.flashsale.operator(CAUSE).close(unknown)).isEqualTo(new WindowOutcome.UnknownProduct(unknown));
        assertThat(sale.flashsale.operator(CAUSE).change(unknown, change))
                .isEqualTo(new ChangeOutcome.UnknownProduct(unknown));
        assertThat(log()).isEmpty();
    }

    /** With the memory on: what was read and refused a moment ago must not outlive what this node commits. */
    @Test
    void whatAnOperatorChangesIsSeenAtOnce() {
        Flashsale remembering = Flashsale.on(sale.ports, Settings.defaults());
        ProductId id = remembering.operator(CAUSE).create(CONSOLE).product().id();
        ProductChange rename = new ProductChange("Box", null, null, KEEP, KEEP, KEEP_MOMENT, KEEP_MOMENT, null);
        assertThat(name(remembering, id)).isEqualTo("Console");
        assertThat(name(remembering, id)).isEqualTo("Console");

        assertThat(remembering.operator(CAUSE).change(id, rename)).isInstanceOf(ChangeOutcome.Changed.class);
        assertThat(name(remembering, id)).isEqualTo("Box");

        assertThat(remembering.operator(CAUSE).adjust(id, 5)).isInstanceOf(AdjustOutcome.Adjusted.class);
        assertThat(remembering.products().view(id).orElseThrow().stock().total())
                .isEqualTo(5);
    }

    private static String name(Flashsale flashsale, ProductId id) {
        return flashsale.products().view(id).orElseThrow().product().name();
    }

    private SaleState state(ProductId id) {
        return sale.flashsale.products().view(id).orElseThrow().sale();
    }

    private List<LedgerRow> ledger(ProductId id) {
        return List.copyOf(
                sale.ports.stocks().ledger(id, Optional.empty(), 10).rows().values());
    }

    private List<LogEntry> log() {
        return sale.database.operatorLog();
    }
}
