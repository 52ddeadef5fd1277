package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.batch.Batch;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.LogEntry;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ChangeOutcome;
import dev.flashsale.domain.product.Edit;
import dev.flashsale.domain.product.ProductChange;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.product.WindowOutcome;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits, sale windows and extensions, on fakes. */
final class SaleRulesTest {

    private static final CustomerId ANN = new CustomerId("ann");
    private static final SaleRules TWO_EACH = new SaleRules(null, 2, SaleWindow.ALWAYS);

    private static final Cause CAUSE = new Cause("ann", "sold in another currency");

    private final Sale sale = new Sale();

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void activeHoldsPendingAndPaidOrdersCountAndNothingElseDoes() {
        ProductId product = onSale(100, TWO_EACH);
        HoldOutcome reached = new HoldOutcome.LimitReached(product, 2, 2);

        HoldId released = held(product, 2);
        assertThat(hold(product, 1)).isEqualTo(reached);
        assertThat(sale.releaseHold.one(released)).isNotNull();

        HoldId failed = held(product, 2);
        OrderOutcome.Placed order = ordered(failed);
        assertThat(hold(product, 1)).isEqualTo(reached);
        assertThat(sale.recordPayment.one(Examples.failure(order.order().id()))).isNotNull();

        OrderOutcome.Placed bought = ordered(held(product, 2));
        assertThat(sale.recordPayment.one(Examples.success(bought.order().id())))
                .isNotNull();
        assertThat(hold(product, 1)).isEqualTo(reached);
        assertThat(sale.available(product)).isEqualTo(98);
    }

    @Test
    void whatIsOverDoesNotCountAndIsReturned() {
        ProductId product = onSale(100, TWO_EACH);
        HoldId unusedHold = held(product, 2);
        sale.database.advance(sale.settings.holdTtl());

        OrderOutcome.Placed unusedOrder = ordered(held(product, 2));
        assertThat(sale.available(product)).isEqualTo(98);
        sale.database.advance(sale.settings.paymentDeadline());

        assertThat(hold(product, 2)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(sale.available(product)).isEqualTo(98);
    }

    @Test
    void anOrderPaidLateCountsAgain() {
        ProductId product = onSale(100, TWO_EACH);
        OrderOutcome.Placed order = ordered(held(product, 2));
        sale.database.advance(sale.settings.paymentDeadline());
        assertThat(sale.flashsale.housekeeping().expireOrders()).isOne();

        assertThat(sale.recordPayment.one(Examples.success(order.order().id()))).isNotNull();

        assertThat(hold(product, 1)).isEqualTo(new HoldOutcome.LimitReached(product, 2, 2));
    }

    @Test
    void aLimitIsOfOneCustomerAndOneProduct() {
        ProductId product = onSale(100, TWO_EACH);
        ProductId other = onSale(100, TWO_EACH);
        HoldId unused = held(product, 2);

        assertThat(hold(other, 2)).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(sale.placeHold.one(
                        new HoldRequest(Examples.newHoldId(), product, new Quantity(2), new CustomerId("ben"))))
                .isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void inABatchEarlierGrantsCount() {
        ProductId product = onSale(100, TWO_EACH);
        HoldRequest first = request(product, 1);

        assertThat(sale.placeHold.all(Batch.of(
                        List.of(first, request(product, 1), request(product, 1), first, Examples.request(product, 1)))))
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Placed", "Placed", "LimitReached", "Placed", "CustomerRequired");
    }

    @Test
    void whatWasGrantedIsAnsweredAgainWhateverTheRulesHaveBecome() {
        ProductId product = onSale(100, TWO_EACH);
        HoldRequest request = request(product, 2);
        HoldOutcome granted = sale.placeHold.one(request);

        put(product, 100, new SaleRules(1, 1, new SaleWindow(null, sale.database.now())));

        assertThat(sale.placeHold.one(request)).isEqualTo(granted).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(hold(product, 1)).isInstanceOf(HoldOutcome.NotOnSale.class);
    }

    @Test
    void aRetiredProductSellsNothingAndWhatIsTakenGoesOn() {
        ProductId product = onSale(10, SaleRules.NONE);
        HoldId ordered = held(product, 1);
        HoldId extended = held(product, 1);
        HoldId released = held(product, 1);
        Instant expiresAt = sale.stored(extended).expiresAt();

        retire(product, true);
        retire(product, true);

        assertThat(hold(product, 1)).isEqualTo(new HoldOutcome.NotOnSale(product, SaleWindow.ALWAYS, Optional.empty()));
        OrderOutcome.Placed order = ordered(ordered);
        assertThat(sale.recordPayment.one(Examples.success(order.order().id()))).isNotNull();
        assertThat(sale.stored(order.order().id()).status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.releaseHold.one(released)).isNotNull();
        assertThat(sale.flashsale.holds().extend(extended)).isInstanceOf(ExtendOutcome.Extended.class);
        assertThat(sale.stored(extended).expiresAt()).isEqualTo(expiresAt);
        assertThat(sale.flashsale.operator(CAUSE).open(product)).isInstanceOf(WindowOutcome.Set.class);
        assertThat(view(product).sale()).isEqualTo(SaleState.OVER);
        assertThat(view(product).stock().rules().retired()).isTrue();
        assertThat(sale.database.operatorLog())
                .extracting(LogEntry::change)
                .last()
                .isEqualTo("retired: false → true");

        retire(product, false);

        assertThat(view(product).sale()).isEqualTo(SaleState.OPEN);
        assertThat(hold(product, 8)).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void retiredProductsAreListedApart() {
        ProductId sold = onSale(10, SaleRules.NONE);
        ProductId retired = onSale(10, SaleRules.NONE);
        retire(retired, true);

        assertThat(sale.flashsale
                        .lists()
                        .products(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .containsExactly(view(sold));
        assertThat(sale.flashsale
                        .lists()
                        .retiredProducts(Optional.empty(), PageSize.DEFAULT)
                        .items())
                .containsExactly(view(retired));
    }

    private void retire(ProductId product, boolean retired) {
        ProductChange change = new ProductChange(
                null, null, null, new Edit.Keep<>(), new Edit.Keep<>(), new Edit.Keep<>(), new Edit.Keep<>(), retired);
        assertThat(sale.flashsale.operator(CAUSE).change(product, change)).isInstanceOf(ChangeOutcome.Changed.class);
    }

    @Test
    void aProductIsShownWithItsRulesAndWhetherItIsSold() {
        Instant start = sale.database.now().plusSeconds(60);
        SaleRules rules = new SaleRules(1, 2, new SaleWindow(start, start.plusSeconds(60)));
        ProductId product = onSale(10, rules);

        assertThat(view(product).stock().rules()).isEqualTo(rules);
        assertThat(view(product).sale()).isEqualTo(SaleState.UPCOMING);
        sale.database.setNow(start);
        assertThat(view(product).sale()).isEqualTo(SaleState.OPEN);
        sale.database.setNow(start.plusSeconds(60));
        assertThat(view(product).sale()).isEqualTo(SaleState.OVER);
    }

    @Test
    void aHoldIsExtendedOnceAndAnsweredAlikeAgain() {
        ProductId product = onSale(10, SaleRules.NONE);
        HoldId id = held(product, 1);
        sale.database.advance(sale.settings.holdTtl().minusSeconds(1));
        ExtendOutcome first = sale.flashsale.holds().extend(id);
        sale.database.advance(sale.settings.holdTtl().minusSeconds(1));

        assertThat(sale.flashsale.holds().extend(id)).isEqualTo(first);
        assertThat(sale.stored(id)).isInstanceOfSatisfying(ActiveHold.class, hold -> {
            assertThat(hold.extensions()).isEqualTo(1);
            assertThat(hold.expiresAt()).isEqualTo(sale.database.now().plusSeconds(1));
            assertThat(hold.customerId()).isEqualTo(ANN);
            assertThat(first).isEqualTo(new ExtendOutcome.Extended(hold, 0));
        });
        sale.database.advance(sale.settings.holdTtl());
        assertThat(sale.flashsale.holds().extend(id)).isEqualTo(new ExtendOutcome.AlreadyExpired(id));
    }

    @Test
    void aHoldIsExtendedAsOftenAsTheSaleAllowsAndOnceForEachMomentAtWhichItExpires() {
        Sale patient = new Sale(Settings.builder().holdExtensions(2).build());
        HoldId id = patient.held(patient.productOnSale(10), 1);
        Instant first = patient.stored(id).expiresAt();
        patient.database.advance(Duration.ofSeconds(1));

        ExtendOutcome once = patient.flashsale.holds().extend(new ExtendRequest(id, first));
        patient.database.advance(Duration.ofSeconds(1));

        assertThat(once).isEqualTo(new ExtendOutcome.Extended((ActiveHold) patient.stored(id), 1));
        assertThat(patient.flashsale.holds().extend(new ExtendRequest(id, first)))
                .isEqualTo(once);
        ExtendOutcome twice = patient.flashsale.holds().extend(id);
        assertThat(twice).isEqualTo(new ExtendOutcome.Extended((ActiveHold) patient.stored(id), 0));
        assertThat(patient.flashsale.holds().extend(id)).isEqualTo(twice);
        assertThat(patient.flashsale
                        .holds()
                        .extend(new ExtendRequest(id, patient.stored(id).expiresAt())))
                .isEqualTo(new ExtendOutcome.NoExtensionsLeft(id));
    }

    @Test
    void anExtensionEndsWithTheSale() {
        Instant end = sale.database.now().plus(sale.settings.holdTtl()).plusSeconds(1);
        HoldId id = held(onSale(10, new SaleRules(null, null, new SaleWindow(null, end))), 1);
        sale.database.advance(sale.settings.holdTtl().dividedBy(2));

        assertThat(sale.flashsale.holds().extend(id))
                .isInstanceOfSatisfying(
                        ExtendOutcome.Extended.class,
                        extended -> assertThat(extended.hold().expiresAt()).isEqualTo(end));
    }

    @Test
    void whatDoesNotExistIsNotExtended() {
        HoldId id = Examples.newHoldId();

        assertThat(sale.flashsale.holds().extend(id)).isEqualTo(new ExtendOutcome.UnknownHold(id));
    }

    private ProductView view(ProductId product) {
        Optional<ProductView> view = sale.flashsale.products().view(product);
        return view.orElseThrow();
    }

    private ProductId onSale(int total, SaleRules rules) {
        ProductId id = Examples.newProductId();
        put(id, total, rules);
        return id;
    }

    private void put(ProductId id, int total, SaleRules rules) {
        assertThat(sale.flashsale.products().put(Examples.product(id), total, rules))
                .isNotNull();
    }

    private OrderOutcome.Placed ordered(HoldId id) {
        if (!(sale.placeOrder.one(id) instanceof OrderOutcome.Placed placed)) {
            throw new AssertionError("not ordered: " + id);
        }
        return placed;
    }

    private HoldId held(ProductId product, int pieces) {
        if (!(hold(product, pieces) instanceof HoldOutcome.Placed placed)) {
            throw new AssertionError("not held");
        }
        return placed.holdId();
    }

    private HoldOutcome hold(ProductId product, int pieces) {
        return sale.placeHold.one(request(product, pieces));
    }

    private static HoldRequest request(ProductId product, int pieces) {
        return new HoldRequest(Examples.newHoldId(), product, new Quantity(pieces), ANN);
    }
}
