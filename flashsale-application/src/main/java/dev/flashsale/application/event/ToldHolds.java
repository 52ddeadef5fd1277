package dev.flashsale.application.event;

import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.event.SaleEvent.HoldChanged;
import dev.flashsale.domain.event.SaleEvent.HoldExpired;
import dev.flashsale.domain.event.SaleEvent.HoldPlaced;
import dev.flashsale.domain.event.SaleEvent.HoldReleased;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.CustomerId;
import dev.flashsale.domain.hold.EndedHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldLine;
import dev.flashsale.domain.hold.HoldRepository;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds of which is told what is written. */
record ToldHolds(HoldRepository all, Story story) implements HoldRepository {

    @Override
    public void insert(Collection<ActiveHold> holds) {
        all.insert(holds);
        for (ActiveHold hold : holds) {
            story.saw(hold);
            story.add(
                    EventKind.HOLD_PLACED,
                    stamp -> new HoldPlaced(stamp, hold.id(), hold.lines(), hold.customerId(), hold.expiresAt()));
        }
    }

    @Override
    public AsOf<HoldId, Hold> lock(Set<HoldId> ids) {
        AsOf<HoldId, Hold> locked = story.seen(all.lock(ids));
        locked.rows().values().forEach(story::saw);
        return locked;
    }

    /** That one became an order is told with the order. */
    @Override
    public void end(Collection<EndedHold> holds) {
        all.end(holds);
        for (EndedHold hold : holds) {
            story.saw(hold);
            switch (hold.how()) {
                case ORDERED -> {}
                case RELEASED ->
                    story.add(
                            EventKind.HOLD_RELEASED,
                            stamp -> new HoldReleased(
                                    stamp, hold.id(), hold.lines(), hold.customerId(), hold.expiresAt()));
                case EXPIRED ->
                    story.add(
                            EventKind.HOLD_EXPIRED,
                            stamp -> new HoldExpired(
                                    stamp, hold.id(), hold.lines(), hold.customerId(), hold.expiresAt()));
            }
        }
    }

    @Override
    public void extend(Collection<ActiveHold> holds) {
        all.extend(holds);
        changed(holds);
    }

    @Override
    public void change(Map<HoldId, ActiveHold> before, Collection<ActiveHold> after) {
        all.change(before, after);
        changed(after);
    }

    private void changed(Collection<ActiveHold> holds) {
        for (ActiveHold hold : holds) {
            story.add(
                    EventKind.HOLD_CHANGED,
                    stamp -> new HoldChanged(stamp, hold.id(), hold.lines(), hold.customerId(), hold.expiresAt()));
        }
    }

    @Override
    public AsOf<HoldId, Hold> find(Set<HoldId> ids) {
        return all.find(ids);
    }

    @Override
    public List<HoldLine> lockExpired(ProductId productId, int limit) {
        return all.lockExpired(productId, limit);
    }

    @Override
    public List<HoldLine> lockFree(Collection<HoldLine> lines) {
        return all.lockFree(lines);
    }

    @Override
    public void expire(Collection<HoldLine> lines) {
        all.expire(lines);
        Map<HoldId, List<HoldLine>> byHold = new LinkedHashMap<>();
        lines.forEach(line ->
                byHold.computeIfAbsent(line.holdId(), id -> new ArrayList<>()).add(line));
        byHold.forEach((id, ended) -> {
            HoldLine first = ended.getFirst();
            story.add(
                    EventKind.HOLD_EXPIRED,
                    stamp -> new HoldExpired(
                            stamp,
                            id,
                            Lines.of(ended.stream().map(HoldLine::item).toList()),
                            first.customerId(),
                            first.expiresAt()));
        });
    }

    @Override
    public List<HoldLine> ofCustomers(Map<ProductId, Set<CustomerId>> customers) {
        return all.ofCustomers(customers);
    }

    @Override
    public void countAgain(Set<HoldId> ids) {
        all.countAgain(ids);
    }

    @Override
    public Optional<Instant> nextExpiry(ProductId productId) {
        return all.nextExpiry(productId);
    }
}
