package dev.flashsale.app.metrics;

import dev.flashsale.adapter.jdbc.micrometer.Words;
import dev.flashsale.adapter.rest.LiveSale.Counts;
import dev.flashsale.application.SaleListener;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldOutcome.Shortage;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Lines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what is decided for each product, of {@link #MOST} products; of others nothing is counted. Thread-safe. */
final class ProductCounts implements SaleListener {

    static final int MOST = 2_000;

    private static final class OfOne {
        private final LongAdder holds = new LongAdder();
        private final LongAdder orders = new LongAdder();
        private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

        void refuse(String code) {
            refused.computeIfAbsent(code, any -> new LongAdder()).increment();
        }

        @Nullable
        Counts take() {
            Map<String, Long> some = new HashMap<>();
            refused.forEach((code, count) -> {
                long since = count.sumThenReset();
                if (since > 0) {
                    some.put(code, since);
                }
            });
            Counts since = new Counts(holds.sumThenReset(), orders.sumThenReset(), some);
            return since.holds() + since.orders() + since.refusals() == 0 ? null : since;
        }
    }

    private final Map<ProductId, OfOne> counts = new ConcurrentHashMap<>();

    /** What was counted since this was called last; one call at a time. */
    Map<ProductId, Counts> take() {
        Map<ProductId, Counts> taken = new HashMap<>();
        counts.forEach((product, of) -> {
            Counts since = of.take();
            if (since != null) {
                taken.put(product, since);
            }
        });
        return taken;
    }

    @Override
    public void holds(Batch batch, List<HoldOutcome> outcomes) {
        outcomes.forEach(this::hold);
    }

    @Override
    public void refusedFromMemory(HoldOutcome refusal) {
        hold(refusal);
    }

    /** What names no product that there is counts for none. */
    private void hold(HoldOutcome outcome) {
        switch (outcome) {
            case HoldOutcome.Placed placed -> {
                for (int i = 0; i < placed.lines().count(); i++) {
                    OfOne of = of(placed.lines().items().get(i).productId());
                    if (of != null) {
                        of.holds.increment();
                    }
                }
            }
            case HoldOutcome.AlreadyHeld held -> {}
            case HoldOutcome.IdReused reused -> {}
            case HoldOutcome.UnknownProduct unknown -> {}
            case HoldOutcome.MixedCurrencies mixed -> {}
            case HoldOutcome.QuantityTooLarge tooLarge -> refuse(tooLarge.productId(), outcome);
            case HoldOutcome.CustomerRequired required -> refuse(required.productId(), outcome);
            case HoldOutcome.NotOnSale closed -> refuse(closed.productId(), outcome);
            case HoldOutcome.LimitReached limit -> refuse(limit.productId(), outcome);
            case HoldOutcome.LinesShort missing -> missing.lines().forEach(line -> refuse(line.productId(), line));
            case Shortage shortage -> refuse(shortage.productId(), outcome);
        }
    }

    @Override
    public void orders(Batch batch, List<OrderOutcome> outcomes) {
        for (OrderOutcome outcome : outcomes) {
            if (outcome instanceof OrderOutcome.Placed placed) {
                Lines lines = placed.order().lines();
                lines.products().forEach(product -> {
                    OfOne of = of(product);
                    if (of != null) {
                        of.orders.increment();
                    }
                });
            }
        }
    }

    private void refuse(ProductId product, HoldOutcome why) {
        OfOne of = of(product);
        if (of != null) {
            of.refuse(Words.word(why));
        }
    }

    private @Nullable OfOne of(ProductId product) {
        OfOne known = counts.get(product);
        return known != null || counts.size() >= MOST ? known : counts.computeIfAbsent(product, any -> new OfOne());
    }
}
