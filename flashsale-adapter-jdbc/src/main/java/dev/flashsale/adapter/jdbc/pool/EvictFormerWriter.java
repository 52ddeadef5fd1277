package dev.flashsale.adapter.jdbc.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.flashsale.adapter.jdbc.JdbcErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * After a failover the former writer keeps its connections and refuses every change: the pool lets go of a connection
 * that was told so, and makes a new one, which reaches the new writer. The same for a connection that is of no more use
 * though its SQLState does not say so, as a proxy's and a cluster's are. HikariCP 6.3 or newer; it may be named in
 * {@code exceptionOverrideClassName}.
 */
public final class EvictFormerWriter implements SQLExceptionOverride {

    private static final long A_SECOND = Duration.ofSeconds(1).toNanos();

    private final SQLExceptionOverride others;
    private final Runnable evictAll;
    private final AtomicLong evicted = new AtomicLong(System.nanoTime() - A_SECOND);

    public EvictFormerWriter() {
        this(new SQLExceptionOverride() {});
    }

    /** Leaves every other error to another. */
    EvictFormerWriter(SQLExceptionOverride others) {
        this(others, () -> {});
    }

    /** @param evictAll has the pool let go of the other connections too, which lead to the same server */
    EvictFormerWriter(SQLExceptionOverride others, Runnable evictAll) {
        this.others = others;
        this.evictAll = evictAll;
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        if (!JdbcErrors.connectionUnfit(error)) {
            return others.adjudicate(error);
        }
        if (JdbcErrors.writerLost(error)) {
            // The connections that were in use are told one by one, and the new ones are not to go with each of them.
            long now = System.nanoTime();
            long last = evicted.get();
            if (now - last >= A_SECOND && evicted.compareAndSet(last, now)) {
                evictAll.run();
            }
        }
        return SQLExceptionOverride.Override.MUST_EVICT;
    }
}
