package example;

import dev.flashsale.application.Flashsale;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What a host writes, and tests. */
@Service
class Checkout {

    private final Flashsale flashsale;
    private final Clock clock;

    Checkout(Flashsale flashsale, Clock clock) {
        this.flashsale = flashsale;
        this.clock = clock;
    }

    /** Puts a piece into the basket, if there is one. */
    Optional<HoldId> reserve(ProductId product) {
        HoldRequest request = new HoldRequest(flashsale.holds().newId(), product, new Quantity(1));
        return flashsale.holds().place(request) instanceof HoldOutcome.Placed placed
                ? Optional.of(placed.holdId())
                : Optional.empty();
    }

    /** What the basket shows: how long the piece is still there. */
    Duration timeLeft(HoldId hold) {
        return flashsale
                .holds()
                .view(hold)
                .map(view -> Duration.between(clock.instant(), view.hold().expiresAt()))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
