package dev.flashsale.application;

import dev.flashsale.domain.hold.ExtendOutcome;
import dev.flashsale.domain.hold.HoldChangeOutcome;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.RecordedPayment;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells several. */
final class SaleListeners implements SaleListener {

    private final List<SaleListener> all;

    SaleListeners(List<? extends SaleListener> all) {
        this.all = List.copyOf(all);
    }

    /** What the first one threw is thrown, with what others did, once all have been told. */
    static <L> void tell(List<L> all, Consumer<L> what) {
        Throwable first = null;
        for (L listener : all) {
            try {
                what.accept(listener);
            } catch (Throwable failed) {
                if (first == null) {
                    first = failed;
                } else if (!first.equals(failed)) {
                    first.addSuppressed(failed);
                }
            }
        }
        rethrow(first);
    }

    private void tell(Consumer<SaleListener> what) {
        tell(all, what);
    }

    private static void rethrow(@Nullable Throwable failed) {
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException exception) {
            throw exception;
        }
        if (failed != null) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void holds(Batch batch, List<HoldOutcome> outcomes) {
        tell(listener -> listener.holds(batch, outcomes));
    }

    @Override
    public void releases(Batch batch, List<ReleaseOutcome> outcomes) {
        tell(listener -> listener.releases(batch, outcomes));
    }

    @Override
    public void extensions(Batch batch, List<ExtendOutcome> outcomes) {
        tell(listener -> listener.extensions(batch, outcomes));
    }

    @Override
    public void changes(Batch batch, List<HoldChangeOutcome> outcomes) {
        tell(listener -> listener.changes(batch, outcomes));
    }

    @Override
    public void orders(Batch batch, List<OrderOutcome> outcomes) {
        tell(listener -> listener.orders(batch, outcomes));
    }

    @Override
    public void payments(Batch batch, List<PaymentOutcome> outcomes) {
        tell(listener -> listener.payments(batch, outcomes));
    }

    @Override
    public void products(Batch batch, List<ProductView> products) {
        tell(listener -> listener.products(batch, products));
    }

    @Override
    public void busy(Batch batch, Trouble why) {
        tell(listener -> listener.busy(batch, why));
    }

    @Override
    public void turnedAway(Kind kind) {
        tell(listener -> listener.turnedAway(kind));
    }

    @Override
    public void refusedFromMemory(HoldOutcome refusal) {
        tell(listener -> listener.refusedFromMemory(refusal));
    }

    @Override
    public void retried() {
        tell(listener -> listener.retried());
    }

    @Override
    public void holdsExpired(int holds) {
        tell(listener -> listener.holdsExpired(holds));
    }

    @Override
    public void ordersExpired(int orders) {
        tell(listener -> listener.ordersExpired(orders));
    }

    @Override
    public void orderCancelled(Order order) {
        tell(listener -> listener.orderCancelled(order));
    }

    @Override
    public void orderAccepted(Order order) {
        tell(listener -> listener.orderAccepted(order));
    }

    @Override
    public void keptPaymentsSettled(List<RecordedPayment> payments) {
        tell(listener -> listener.keptPaymentsSettled(payments));
    }

    @Override
    public void failed(Failure failure) {
        tell(listener -> listener.failed(failure));
    }

    @Override
    public void eventSent(boolean taken) {
        tell(all, listener -> listener.eventSent(taken));
    }

    @Override
    public void reclaimed(int pieces) {
        tell(listener -> listener.reclaimed(pieces));
    }
}
