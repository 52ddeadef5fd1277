package dev.flashsale.application.batch;

import dev.flashsale.application.port.Transactions;
import org.jspecify.annotations.Nullable;

/** Transactions that do something around all work that may write. */
public abstract class AroundWork implements Transactions {

    private final Transactions all;

    protected AroundWork(Transactions all) {
        this.all = all;
    }

    /** What is done in the transaction, as often as that is run. */
    protected abstract <T> Work<T> around(Work<T> work);

    @Override
    public final <T> T run(Work<T> work) {
        return all.run(around(work));
    }

    @Override
    public final <T> T runAlone(Work<T> work) {
        return all.runAlone(around(work));
    }

    @Override
    public final <T> T read(Work<T> reads) {
        return all.read(reads);
    }

    @Override
    public final <T> T snapshot(Work<T> reads) {
        return all.snapshot(reads);
    }

    @Override
    public final boolean joins() {
        return all.joins();
    }

    @Override
    public final @Nullable Object tenant() {
        return all.tenant();
    }
}
