package dev.flashsale.application.batch;

import dev.flashsale.application.SaleListener;
import dev.flashsale.application.port.Transactions;
import java.util.function.Consumer;

/** What is told to the listener. A listener that fails, in whatever way, fails alone. */
public final class Notifications {

    public static final Notifications NONE = new Notifications(SaleListener.NONE);

    private static final System.Logger LOG = System.getLogger(Notifications.class.getName());

    private final SaleListener listener;

    public Notifications(SaleListener listener) {
        this.listener = listener;
    }

    public void tell(Consumer<SaleListener> what) {
        try {
            what.accept(listener);
        } catch (Throwable failed) {
            LOG.log(System.Logger.Level.WARNING, "A listener failed; what it was told is done all the same", failed);
        }
    }

    /** Transactions of which is told when they are tried once more. */
    public Transactions of(Transactions all) {
        return new AroundWork(all) {
            @Override
            protected <T> Work<T> around(Work<T> work) {
                return tx -> {
                    if (tx.mayRepeat()) {
                        tell(SaleListener::retried);
                    }
                    return work.run(tx);
                };
            }
        };
    }
}
