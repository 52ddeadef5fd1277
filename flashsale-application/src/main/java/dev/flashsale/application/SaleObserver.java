package dev.flashsale.application;

import dev.flashsale.application.SaleListener.Kind;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees requests and their batches while they go on, so that they can be traced: who sees them when they are over is a {@link
 * SaleListener}. {@code MicrometerObserver} of flashsale-adapter-jdbc is one.
 *
 * <p>Thread-safe and fast, for buyers wait for it. It throws nothing of its own, whatever goes wrong in it.
 */
public interface SaleObserver {

    /** Sees nothing, and costs nothing. */
    SaleObserver NONE = new SaleObserver() {
        @Override
        public <T> T useCases(Class<T> type, T useCases) {
            return useCases;
        }

        @Override
        public @Nullable Object request() {
            return null;
        }

        @Override
        public <R> R batch(Kind kind, Supplier<List<@Nullable Object>> requests, Supplier<R> work) {
            return work.get();
        }
    };

    /**
     * The use cases as their callers get them.
     *
     * @param type their interface
     */
    <T> T useCases(Class<T> type, T useCases);

    /** What the calling thread is in the middle of, for the batch that its request will be in; null if that is nothing. */
    @Nullable
    Object request();

    /**
     * Runs a batch, on the thread of the caller who leads it.
     *
     * @param requests what each request of the batch is in the middle of, the leader's first; there may be more once the work is
     *     done, for some join it
     * @param work to be run once; what it answers or throws is answered or thrown
     */
    <R> R batch(Kind kind, Supplier<List<@Nullable Object>> requests, Supplier<R> work);
}
