package dev.flashsale.adapter.jdbc;

import java.sql.SQLException;

/** What a database said, on its way to where it is known what that means. */
final class SqlFailure extends RuntimeException {

    SqlFailure(SQLException cause) {
        super(cause);
    }
}
