package dev.flashsale.application.memory;

import dev.flashsale.application.batch.Memory;
import dev.flashsale.application.batch.Notifications;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.product.ProductId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses holds of which the {@link StockMemory} knows that nothing was left a moment ago, or that they were not on sale. */
public final class RefusalMemory implements Memory<HoldRequest, HoldOutcome> {

    private final StockMemories memories;
    private final Notifications notifications;

    public RefusalMemory(StockMemories memories, Notifications notifications) {
        this.memories = memories;
        this.notifications = notifications;
    }

    @Override
    public Optional<HoldOutcome> answer(HoldRequest request) {
        if (request.reuse()) {
            // The customer may have a hold, whatever is left.
            return Optional.empty();
        }
        Optional<HoldOutcome> refusal = memories.ofCaller().refusal(request);
        refusal.ifPresent(told -> notifications.tell(listener -> listener.refusedFromMemory(told)));
        return refusal;
    }

    @Override
    public Lesson<HoldRequest, HoldOutcome> before(List<HoldRequest> requests) {
        StockMemory memory = memories.ofCaller();
        Map<ProductId, Long> versions = new HashMap<>();
        requests.forEach(
                request -> versions.computeIfAbsent(request.lines().first().productId(), memory::versionBefore));
        return (all, answers) -> learn(memory, versions, all, answers);
    }

    /** The last outcome of a product that was decided now tells what is left of it; that of several does not tell of which. */
    private static void learn(
            StockMemory memory,
            Map<ProductId, Long> versions,
            List<HoldRequest> requests,
            List<KeyedOutcome<HoldOutcome>> answers) {
        for (int i = answers.size() - 1; i >= 0 && !versions.isEmpty(); i--) {
            HoldRequest request = requests.get(i);
            ProductId id = request.lines().first().productId();
            Long version = request.lines().count() > 1 ? null : versions.get(id);
            if (version != null
                    && answers.get(i) instanceof KeyedOutcome.First<HoldOutcome> first
                    && memory.learn(id, version, first.outcome())) {
                versions.remove(id);
            }
        }
    }
}
