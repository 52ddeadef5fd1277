package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleRules;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.stock.StockRepository;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds of a batch that are inserted before the stock is locked, as is done where several nodes sell the same. */
final class InsertedFirstTest {

    private static final Duration ALWAYS = Duration.ofNanos(-1);
    private static final int BATCH = 20;

    private final Sale sale = new Sale();
    private final List<String> calls = new ArrayList<>();
    private final ProductId product = sale.productOnSale(100);

    /** What another node takes between the first look and the lock. */
    private int takenMeanwhile;

    private final PlaceHoldService placeHold = contended();

    @AfterEach
    void everythingAddsUp() {
        assertThat(sale.addsUp()).isTrue();
    }

    @Test
    void allAreGrantedAndCounted() {
        List<HoldOutcome> outcomes = placeHold.placeAll(requests(size -> 2));

        assertThat(outcomes).hasSize(BATCH).allMatch(HoldOutcome.Placed.class::isInstance);
        assertThat(calls).containsExactly("find", "lock");
        assertThat(sale.database.holds()).hasSize(1 + BATCH);
        assertThat(sale.available(product)).isEqualTo(100 - 1 - 2 * BATCH);
    }

    @Test
    void whoeverIsRefusedUnderTheLockKeepsNothing() {
        takenMeanwhile = 90;

        List<HoldOutcome> outcomes = placeHold.placeAll(requests(size -> 1));

        assertThat(outcomes.subList(0, 9)).allMatch(HoldOutcome.Placed.class::isInstance);
        assertThat(outcomes.subList(9, BATCH)).allMatch(HoldOutcome.AllHeld.class::isInstance);
        assertThat(calls).containsExactly("find", "lock");
        assertThat(sale.available(product)).isZero();
    }

    @Test
    void aFirstLookThatFindsTooLittleInsertsNothing() {
        List<HoldOutcome> outcomes = placeHold.placeAll(requests(size -> 10));

        assertThat(outcomes.subList(0, 9)).allMatch(HoldOutcome.Placed.class::isInstance);
        assertThat(outcomes.get(9)).isEqualTo(new HoldOutcome.InsufficientStock(product, 9));
        assertThat(sale.available(product)).isEqualTo(9);
    }

    @Test
    void aSmallBatchIsNotWorthALook() {
        HoldOutcome unused = placeHold.place(Examples.request(product, 1));

        assertThat(calls).containsExactly("lock");
    }

    private List<HoldRequest> requests(IntFunction<Integer> pieces) {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> Examples.request(product, pieces.apply(i)))
                .toList();
    }

    /** The first batch finds out that others sell the same. */
    private PlaceHoldService contended() {
        Ports ports = withOtherNode(sale.ports);
        PlaceHoldService service = new PlaceHoldService(
                ports, new HoldPolicy(sale.settings.holdTtl()), new StockReturns(ports, 500), ALWAYS);
        assertThat(service.place(Examples.request(product, 1))).isInstanceOf(HoldOutcome.Placed.class);
        calls.clear();
        return service;
    }

    private Ports withOtherNode(Ports all) {
        StockRepository stocks = new StockRepository() {
            @Override
            public AsOf<ProductId, Stock> lock(Set<ProductId> ids) {
                calls.add("lock");
                return all.stocks().lock(ids);
            }

            @Override
            public AsOf<ProductId, Stock> find(Set<ProductId> ids) {
                calls.add("find");
                AsOf<ProductId, Stock> seen = all.stocks().find(ids);
                if (takenMeanwhile > 0) {
                    sale.held(product, takenMeanwhile);
                }
                return seen;
            }

            @Override
            public void save(Collection<Stock> changed) {
                all.stocks().save(changed);
            }

            @Override
            public void insert(Collection<Stock> added) {
                all.stocks().insert(added);
            }

            @Override
            public AsOf<ProductId, Stock> view(Collection<ProductId> ids) {
                return all.stocks().view(ids);
            }

            @Override
            public void saveRules(ProductId id, SaleRules rules) {
                all.stocks().saveRules(id, rules);
            }
        };
        return new Ports(
                all.transactions(),
                all.products(),
                stocks,
                all.holds(),
                all.orders(),
                all.payments(),
                all.audits(),
                all.idempotencyKeys());
    }
}
