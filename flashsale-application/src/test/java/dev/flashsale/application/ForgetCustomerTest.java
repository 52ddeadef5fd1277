package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.ForgetOutcome;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.operator.Action;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.operator.Subject;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForgetCustomerTest {

    private static final CustomerId ANN = new CustomerId("ann");
    private static final CustomerId BOB = new CustomerId("bob");
    private static final Cause CAUSE = new Cause("carol", "asked for by letter");
    private static final IdempotencyKey KEY = new IdempotencyKey("k");

    private final Sale sale = new Sale();
    private final Flashsale flashsale = sale.flashsale;
    private final ProductId product = Examples.newProductId();

    ForgetCustomerTest() {
        assertThat(flashsale
                        .products()
                        .put(Examples.product(product), 1000, new SaleRules(null, 200, SaleWindow.ALWAYS)))
                .isNotNull();
    }

    @Test
    void allHoldsBearOneRandomIdThatTheLimitCountsAndTheOldOneStartsAtNothing() {
        for (int i = 0; i < 150; i++) {
            assertThat(hold(ANN, 1)).isInstanceOf(HoldOutcome.Placed.class);
        }
        assertThat(hold(BOB, 1)).isInstanceOf(HoldOutcome.Placed.class);

        assertThat(forget(ANN)).isEqualTo(new ForgetOutcome.Forgotten(150, 0));

        Set<CustomerId> customers =
                sale.database.holds().stream().map(Hold::customerId).collect(Collectors.toSet());
        assertThat(customers).hasSize(2).contains(BOB).doesNotContain(ANN);
        CustomerId pseudonym =
                customers.stream().filter(id -> !id.equals(BOB)).findFirst().orElseThrow();
        assertThat(hold(pseudonym, 51)).isEqualTo(new HoldOutcome.LimitReached(product, 200, 150));
        assertThat(hold(ANN, 200)).isInstanceOf(HoldOutcome.Placed.class);
    }

    @Test
    void whatHasEndedIsForgottenTooAndARepetitionFindsNothing() {
        HoldRequest request = request(ANN, 1);
        assertThat(flashsale.holds().place(request)).isInstanceOf(HoldOutcome.Placed.class);
        flashsale.holds().release(request.holdId());

        assertThat(forget(ANN)).isEqualTo(new ForgetOutcome.Forgotten(1, 0));
        assertThat(forget(ANN)).isEqualTo(new ForgetOutcome.Forgotten(0, 0));

        assertThat(flashsale
                        .lists()
                        .holds(ANN, Optional.empty(), PageSize.DEFAULT)
                        .items())
                .isEmpty();
        assertThat(flashsale.holds().view(request.holdId()).orElseThrow().status())
                .isEqualTo(HoldStatus.RELEASED);
    }

    @Test
    void aKeyOfTheCustomersIsRemovedAndWhatIsSentAgainIsDecidedAnew() {
        assertThat(flashsale.holds().place(request(ANN, 1), KEY)).isInstanceOf(KeyedOutcome.First.class);
        assertThat(flashsale.holds().place(request(BOB, 1), KEY)).isInstanceOf(KeyedOutcome.First.class);

        assertThat(forget(ANN)).isEqualTo(new ForgetOutcome.Forgotten(1, 1));

        assertThat(flashsale.holds().place(request(ANN, 1), KEY)).isInstanceOf(KeyedOutcome.First.class);
        assertThat(flashsale.holds().place(request(BOB, 1), KEY)).isInstanceOf(KeyedOutcome.Replayed.class);
    }

    @Test
    void theLogSaysThatSomebodyWasForgottenAndWhyAndNotWho() {
        assertThat(hold(ANN, 1)).isInstanceOf(HoldOutcome.Placed.class);

        forget(ANN);
        forget(ANN);

        assertThat(sale.database.operatorLog())
                .filteredOn(entry -> entry.action() == Action.CUSTOMER_FORGOTTEN)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.cause()).isEqualTo(CAUSE);
                    assertThat(entry.doneTo()).isEqualTo(Subject.FORGOTTEN);
                    assertThat(entry.change()).isEqualTo("1 holds have a random customer_id");
                });
        assertThat(flashsale
                        .lists()
                        .operatorLog(Optional.of(Subject.FORGOTTEN), Optional.empty(), PageSize.DEFAULT)
                        .items())
                .hasSize(1);
    }

    @Test
    void aCauseThatNamesTheCustomerIsRefusedAndNothingChanges() {
        assertThat(hold(ANN, 1)).isInstanceOf(HoldOutcome.Placed.class);

        for (Cause naming : List.of(new Cause("carol", "Ann asked for it"), new Cause("ann", "asked for it"))) {
            assertThat(flashsale.operator(naming).forget(ANN)).isEqualTo(new ForgetOutcome.NamedInCause());
        }

        assertThat(sale.database.holds()).extracting(Hold::customerId).containsExactly(ANN);
    }

    private ForgetOutcome forget(CustomerId id) {
        return flashsale.operator(CAUSE).forget(id);
    }

    private HoldOutcome hold(CustomerId customer, int pieces) {
        return flashsale.holds().place(request(customer, pieces));
    }

    private HoldRequest request(CustomerId customer, int pieces) {
        return new HoldRequest(flashsale.holds().newId(), product, new Quantity(pieces), customer);
    }
}
