package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.OnTestDatabase.POOL;
import static dev.flashsale.adapter.jdbc.OnTestDatabase.PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.Flashsale;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.testing.Examples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host that has a transaction on its thread gets the hold inside it. */
class JoinedTransactionTest {

    private final ProductId product = Examples.newProductId();
    private final Flashsale flashsale = Flashsale.on(PORTS, Settings.defaults().withoutMemory());
    private final TransactionTemplate host = new TransactionTemplate(new JdbcTransactionManager(POOL));

    @BeforeEach
    void stockOfTen() {
        assertThat(flashsale.putProduct().put(Examples.product(product), 10)).isNotNull();
    }

    @Test
    void aHoldIsCommittedWithTheHostsRows() {
        HoldId id = flashsale.newHoldId();

        HoldOutcome outcome = host.execute(status -> flashsale.placeHold().place(request(id)));

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.viewHold().view(id)).isPresent();
        assertThat(available()).isEqualTo(7);
    }

    @Test
    void aHoldIsGoneWhenTheHostRollsBack() {
        HoldId id = flashsale.newHoldId();

        HoldOutcome outcome = host.execute(status -> {
            status.setRollbackOnly();
            return flashsale.placeHold().place(request(id));
        });

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.viewHold().view(id)).isEmpty();
        assertThat(available()).isEqualTo(10);
    }

    @Test
    void aRepeatedIdGivesTheFirstOutcomeAndTheHostGoesOn() {
        HoldId used = flashsale.newHoldId();
        HoldOutcome first = flashsale.placeHold().place(request(used));
        HoldId other = flashsale.newHoldId();

        HoldOutcome again = host.execute(status -> {
            assertThat(flashsale.placeHold().place(request(other))).isInstanceOf(HoldOutcome.Placed.class);
            return flashsale.placeHold().place(request(used));
        });

        assertThat(again).isEqualTo(first);
        assertThat(flashsale.viewHold().view(other)).isPresent();
        assertThat(available()).isEqualTo(4);
    }

    @Test
    void aKeyIsKeptWithTheHostsRowsOrNotAtAll() {
        IdempotencyKey key = Examples.newIdempotencyKey();
        KeyedOutcome<HoldOutcome> undone = host.execute(status -> {
            status.setRollbackOnly();
            return flashsale.placeHoldOnce().place(request(flashsale.newHoldId()), key);
        });

        KeyedOutcome<HoldOutcome> done =
                host.execute(status -> flashsale.placeHoldOnce().place(request(flashsale.newHoldId()), key));

        assertThat(undone).isInstanceOf(KeyedOutcome.First.class);
        assertThat(done).isInstanceOf(KeyedOutcome.First.class);
        assertThat(flashsale.placeHoldOnce().place(request(flashsale.newHoldId()), key))
                .isInstanceOf(KeyedOutcome.Replayed.class);
        assertThat(available()).isEqualTo(7);
    }

    private HoldRequest request(HoldId id) {
        return new HoldRequest(id, product, new Quantity(3));
    }

    private int available() {
        return flashsale.viewProduct().view(product).orElseThrow().stock().available();
    }
}
