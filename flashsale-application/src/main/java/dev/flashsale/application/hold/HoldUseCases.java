package dev.flashsale.application.hold;

import dev.flashsale.application.HoldView;
import dev.flashsale.application.Holds;
import dev.flashsale.application.batch.Pipeline;
import dev.flashsale.application.memory.HoldIds;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.AsOf;
import dev.flashsale.domain.hold.ChangeRequest;
import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.ExtendRequest;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldPolicy;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.order.Order;
import java.util.Optional;
import java.util.Set;

public final class HoldUseCases implements Holds {

    private final HoldIds ids;
    private final Pipeline<HoldRequest, HoldOutcome> places;
    private final Pipeline<HoldId, ReleaseOutcome> releases;
    private final Pipeline<ExtendRequest, ExtendOutcome> extensions;
    private final Pipeline<ChangeRequest, HoldChangeOutcome> changes;
    private final Transactions transactions;
    private final HoldPolicy policy;

    public HoldUseCases(
            HoldIds ids,
            Pipeline<HoldRequest, HoldOutcome> places,
            Pipeline<HoldId, ReleaseOutcome> releases,
            Pipeline<ExtendRequest, ExtendOutcome> extensions,
            Pipeline<ChangeRequest, HoldChangeOutcome> changes,
            Transactions transactions,
            HoldPolicy policy) {
        this.ids = ids;
        this.places = places;
        this.releases = releases;
        this.extensions = extensions;
        this.changes = changes;
        this.transactions = transactions;
        this.policy = policy;
    }

    @Override
    public HoldId newId() {
        return ids.next();
    }

    @Override
    public HoldOutcome place(HoldRequest request) {
        return places.ask(request);
    }

    @Override
    public KeyedOutcome<HoldOutcome> place(HoldRequest request, IdempotencyKey key) {
        return places.ask(request, key);
    }

    @Override
    public ReleaseOutcome release(HoldId id) {
        return releases.ask(id);
    }

    @Override
    public ExtendOutcome extend(ExtendRequest request) {
        return extensions.ask(request);
    }

    @Override
    public HoldChangeOutcome change(ChangeRequest request) {
        return changes.ask(request);
    }

    /** The hold is read before its order: a hold that reads as ordered has its order by then. */
    @Override
    public Optional<HoldView> view(HoldId id) {
        return transactions.read(tx -> view(tx, id));
    }

    private Optional<HoldView> view(Transaction tx, HoldId id) {
        AsOf<HoldId, Hold> found = tx.holds().find(Set.of(id));
        if (found.rows().isEmpty()) {
            tx.seeEverything();
        }
        return Optional.ofNullable(found.rows().get(id)).map(hold -> {
            HoldStatus status = hold.statusAt(found.now());
            return new HoldView(
                    hold,
                    status,
                    status == HoldStatus.ACTIVE ? policy.extensionsLeft(hold) : 0,
                    status == HoldStatus.ORDERED ? orderOf(tx, id) : Optional.empty());
        });
    }

    private static Optional<Order> orderOf(Transaction tx, HoldId id) {
        AsOf<HoldId, Order> found = tx.orders().findByHold(Set.of(id));
        return Optional.ofNullable(found.rows().get(id)).map(order -> order.asOf(found.now()));
    }
}
