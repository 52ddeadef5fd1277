package dev.flashsale.application.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does something for each of these, for a few at once. */
final class FewAtATime {

    private FewAtATime() {}

    /**
     * Returns when all is done; what one failed with is thrown then.
     *
     * @param most at once
     */
    static <T> void of(int most, List<T> all, Consumer<T> what) {
        Queue<T> queue = new ConcurrentLinkedQueue<>(all);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.min(most, all.size()); i++) {
                running.add(threads.submit(() -> {
                    T next;
                    while ((next = queue.poll()) != null) {
                        what.accept(next);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
