package dev.flashsale.application;

import dev.flashsale.application.port.Ports;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

final class ReleaseHoldService implements ReleaseHold {

    private final Ports ports;

    ReleaseHoldService(Ports ports) {
        this.ports = ports;
    }

    @Override
    public ReleaseOutcome release(HoldId holdId) {
        return releaseAll(List.of(holdId)).get(0);
    }

    /** One transaction for many holds; one outcome for each, in their order. */
    List<ReleaseOutcome> releaseAll(List<HoldId> holdIds) {
        return ports.transactions().run(attempt -> decide(holdIds));
    }

    private List<ReleaseOutcome> decide(List<HoldId> holdIds) {
        AsOf<HoldId, Hold> locked = ports.holds().lock(new TreeSet<>(holdIds));
        Map<HoldId, ReleaseOutcome> outcomes = new HashMap<>();
        List<EndedHold> releasedNow = new ArrayList<>();
        locked.rows().forEach((id, hold) -> {
            ReleaseOutcome outcome = ReleaseOutcome.decide(hold, locked.now());
            outcomes.put(id, outcome);
            if (outcome instanceof ReleaseOutcome.Released released
                    && !released.hold().equals(hold)) {
                releasedNow.add(released.hold());
            }
        });
        giveBack(releasedNow);
        return holdIds.stream()
                .map(id -> outcomes.getOrDefault(id, new ReleaseOutcome.UnknownHold(id)))
                .toList();
    }

    private void giveBack(List<EndedHold> released) {
        if (released.isEmpty()) {
            return;
        }
        Map<ProductId, Integer> pieces = new TreeMap<>();
        released.forEach(hold -> pieces.merge(hold.productId(), hold.quantity().value(), Integer::sum));
        ports.holds().end(released);
        Map<ProductId, Stock> stocks = ports.stocks().lock(pieces.keySet()).rows();
        ports.stocks()
                .save(stocks.values().stream()
                        .map(stock -> stock.giveBack(pieces.getOrDefault(stock.productId(), 0)))
                        .toList());
    }
}
