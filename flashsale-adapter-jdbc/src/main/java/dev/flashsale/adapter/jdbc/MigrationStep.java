package dev.flashsale.adapter.jdbc;

import java.sql.SQLException;

/** A statement of a script. */
record MigrationStep(String sql) {

    /** Whether it changes nothing but what follows it in its session. */
    boolean isOfSession() {
        return sql.startsWith("set ") || sql.equals("commit");
    }

    /** Whether it can be part of a transaction; a change of a table is one by itself. */
    boolean changesRows() {
        return sql.startsWith("insert ") || sql.startsWith("update ");
    }

    /** The same where some of it may have been done, by whom nobody knows. An update finds what is left to do by itself. */
    String repeatable() {
        return sql.startsWith("insert into flashsale_stock_ledger ")
                ? sql + " and product_id not in (select product_id from flashsale_stock_ledger)"
                : sql.replaceFirst("^insert into", "insert ignore into");
    }

    /** Whether it was refused because what it makes is there, or what it takes away is not. */
    boolean wasDone(SQLException refused) {
        return switch (refused.getErrorCode()) {
            case 1050 -> sql.startsWith("create table ");
            case 1051 -> sql.startsWith("drop table ");
            case 1061 -> sql.startsWith("create index ");
            case 1060 -> sql.contains(" add column ");
            // MariaDB's number, and MySQL's.
            case 1826, 3822 -> sql.contains(" add constraint ");
            case 1091, 3940 -> sql.contains(" drop constraint ");
            default -> false;
        };
    }
}
