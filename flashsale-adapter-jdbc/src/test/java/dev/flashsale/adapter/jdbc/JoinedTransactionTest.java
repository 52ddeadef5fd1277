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
        assertThat(flashsale.products().put(Examples.product(product), 10)).isNotNull();
    }

    @Test
    void aHoldIsCommittedWithTheHostsRows() {
        HoldId id = flashsale.holds().newId();

        HoldOutcome outcome = host.execute(status -> flashsale.holds().place(request(id)));

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.holds().view(id)).isPresent();
        assertThat(available()).isEqualTo(7);
    }

    @Test
    void aHoldIsGoneWhenTheHostRollsBack() {
        HoldId id = flashsale.holds().newId();

        HoldOutcome outcome = host.execute(status -> {
            status.setRollbackOnly();
            return flashsale.holds().place(request(id));
        });

        assertThat(outcome).isInstanceOf(HoldOutcome.Placed.class);
        assertThat(flashsale.holds().view(id)).isEmpty();
        assertThat(available()).isEqualTo(10);
    }

    @Test
    void aRepeatedIdGivesTheFirstOutcomeAndTheHostGoesOn() {
        HoldId used = flashsale.holds().newId();
        HoldOutcome first = flashsale.holds().place(request(used));
        HoldId other = flashsale.holds().newId();

        HoldOutcome again = host.execute(status -> {
            assertThat(flashsale.holds().place(request(other))).isInstanceOf(HoldOutcome.Placed.class);
            return flashsale.holds().place(request(used));
        });

        assertThat(again).isEqualTo(first);
        assertThat(flashsale.holds().view(other)).isPresent();
        assertThat(available()).isEqualTo(4);
    }

    @Test
    void aKeyIsKeptWithTheHostsRowsOrNotAtAll() {
        IdempotencyKey key = Examples.newIdempotencyKey();
        KeyedOutcome<HoldOutcome> undone = host.execute(status -> {
            status.setRollbackOnly();
            return flashsale.holds().place(request(flashsale.holds().newId()), key);
        });

        KeyedOutcome<HoldOutcome> done = host.execute(
                status -> flashsale.holds().place(request(flashsale.holds().newId()), key));

        assertThat(undone).isInstanceOf(KeyedOutcome.First.class);
        assertThat(done).isInstanceOf(KeyedOutcome.First.class);
        assertThat(flashsale.holds().place(request(flashsale.holds().newId()), key))
                .isInstanceOf(KeyedOutcome.Replayed.class);
        assertThat(available()).isEqualTo(7);
    }

    private HoldRequest request(HoldId id) {
        return new HoldRequest(id, product, new Quantity(3));
    }

    private int available() {
        return flashsale.products().view(product).orElseThrow().stock().available();
    }
}
