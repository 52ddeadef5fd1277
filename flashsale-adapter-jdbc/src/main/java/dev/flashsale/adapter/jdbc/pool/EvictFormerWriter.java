package dev.flashsale.adapter.jdbc.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.flashsale.adapter.jdbc.JdbcErrors;
import java.sql.SQLException;

/**
 * After a failover the former writer keeps its connections and refuses every change: the pool lets go of a connection
 * that was told so, and makes a new one, which reaches the new writer. The same for a connection that is of no more use
 * though its SQLState does not say so, as a proxy's and a cluster's are. HikariCP 6.3 or newer; it may be named in
 * {@code exceptionOverrideClassName}.
 */
public final class EvictFormerWriter implements SQLExceptionOverride {

    private final SQLExceptionOverride others;

    public EvictFormerWriter() {
        this(new SQLExceptionOverride() {});
    }

    /** Leaves every other error to another. */
    EvictFormerWriter(SQLExceptionOverride others) {
        this.others = others;
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException error) {
        return JdbcErrors.connectionUnfit(error) ? SQLExceptionOverride.Override.MUST_EVICT : others.adjudicate(error);
    }
}
