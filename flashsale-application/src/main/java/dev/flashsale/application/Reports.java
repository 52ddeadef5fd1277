package dev.flashsale.application;

import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is told to the listener. A listener that fails, in whatever way, fails alone. */
final class Reports {

    static final Reports NONE = new Reports(SaleListener.NONE);

    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private final SaleListener listener;

    Reports(SaleListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<SaleListener> what) {
        try {
            what.accept(listener);
        } catch (Throwable failed) {
            LOG.log(System.Logger.Level.WARNING, "A listener failed; what it was told is done all the same", failed);
        }
    }

    /** Transactions of which is told when they are tried once more. */
    Transactions of(Transactions all) {
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) {
                return all.run(told(work));
            }

            @Override
            public <T> T runAlone(Work<T> work) {
                return all.runAlone(told(work));
            }

            private <T> Work<T> told(Work<T> work) {
                return (Transaction tx) -> {
                    if (tx.mayRepeat()) {
                        tell(SaleListener::retried);
                    }
                    return work.run(tx);
                };
            }

            @Override
            public <T> T read(Work<T> reads) {
                return all.read(reads);
            }

            @Override
            public <T> T snapshot(Work<T> reads) {
                return all.snapshot(reads);
            }

            @Override
            public boolean joins() {
                return all.joins();
            }

            @Override
            public @Nullable Object tenant() {
                return all.tenant();
            }
        };
    }
}
