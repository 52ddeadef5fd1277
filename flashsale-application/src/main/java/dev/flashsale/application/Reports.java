package dev.flashsale.application;

import dev.flashsale.application.port.Transactions;
import java.util.function.Consumer;

/**
 * What is told to the listener, and when: what a transaction did by the way once it is committed, and never what was
 * rolled back. A listener that fails fails alone.
 */
final class Reports {

    static final Reports NONE = new Reports(SaleListener.NONE);

    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private final SaleListener listener;
    private final ThreadLocal<int[]> reclaimed = ThreadLocal.withInitial(() -> new int[1]);

    Reports(SaleListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<SaleListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException failed) {
            LOG.log(System.Logger.Level.WARNING, "A listener failed; what it was told is done all the same", failed);
        }
    }

    /** Part of the transaction under way. */
    void reclaimed(int pieces) {
        if (pieces > 0) {
            reclaimed.get()[0] += pieces;
        }
    }

    /** Transactions that are told about. */
    Transactions of(Transactions all) {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                try {
                    T answer = all.run(attempt -> {
                        reclaimed.remove();
                        if (attempt.mayRepeat()) {
                            tell(SaleListener::retried);
                        }
                        return work.run(attempt);
                    });
                    int pieces = reclaimed.get()[0];
                    if (pieces > 0 && !all.joined()) {
                        tell(told -> told.reclaimed(pieces));
                    }
                    return answer;
                } finally {
                    reclaimed.remove();
                }
            }

            @Override
            public boolean joined() {
                return all.joined();
            }
        };
    }
}
