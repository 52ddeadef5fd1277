package dev.flashsale.app.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.flashsale.adapter.jdbc.JdbcErrors;
import java.sql.SQLException;

/** After a failover the former writer keeps its connections and refuses every change: the pool must let go of them. */
final class EvictFormerWriter implements SQLExceptionOverride {

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException e) {
        return JdbcErrors.writerLost(e)
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
