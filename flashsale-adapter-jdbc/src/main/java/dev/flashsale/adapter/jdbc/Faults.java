package dev.flashsale.adapter.jdbc;

import static dev.flashsale.adapter.jdbc.Fault.CONNECTION_LOST;
import static dev.flashsale.adapter.jdbc.Fault.DUPLICATE_KEY;
import static dev.flashsale.adapter.jdbc.Fault.LOCK_WAIT;
import static dev.flashsale.adapter.jdbc.Fault.NEVER_STARTED;
import static dev.flashsale.adapter.jdbc.Fault.NOT_WRITER;
import static dev.flashsale.adapter.jdbc.Fault.OTHER;
import static dev.flashsale.adapter.jdbc.Fault.ROLLED_BACK;
import static dev.flashsale.adapter.jdbc.Fault.SETUP;
import static dev.flashsale.adapter.jdbc.Fault.STOPPED;
import static dev.flashsale.adapter.jdbc.Fault.STORAGE;
import static java.util.Map.entry;

import java.util.Map;

/**
 * What the numbers mean that MySQL, MariaDB, Galera, Group Replication, ProxySQL, MySQL Router and RDS Proxy give. The two
 * servers give no number that is here to different things a statement of ours can meet.
 */
final class Faults {

    /** All that are known; docs/errors.md has the same. */
    static final Map<Integer, Fault> BY_NUMBER = Map.ofEntries(
            entry(1213, ROLLED_BACK), // deadlock; Galera: another node was first
            entry(1020, ROLLED_BACK), // MariaDB: changed since it was read
            entry(1180, ROLLED_BACK), // Group Replication, Galera: refused in COMMIT
            entry(3101, ROLLED_BACK), // Group Replication: another member was first
            entry(1205, LOCK_WAIT), // lock wait time-out; Galera: the wait for the cluster
            entry(3572, LOCK_WAIT), // NOWAIT
            entry(1615, LOCK_WAIT), // a table was changed under a prepared statement
            entry(1689, LOCK_WAIT), // a wait was given up for somebody's DDL
            entry(1062, DUPLICATE_KEY), // duplicate key
            entry(1317, STOPPED), // KILL QUERY; Galera: gave way to another node
            entry(1028, STOPPED), // the same while it sorted
            entry(1969, STOPPED), // MariaDB: max_statement_time
            entry(3024, STOPPED), // MySQL: max_execution_time
            entry(3797, STOPPED), // Group Replication: waited too long to be consistent, before
            entry(3798, STOPPED), // the same, at the beginning
            entry(3781, STOPPED), // Group Replication: waited too long for a new primary's backlog
            entry(3782, STOPPED), // the same, ended
            entry(1290, NOT_WRITER), // --read-only and --super-read-only
            entry(1792, NOT_WRITER), // a read-only transaction
            entry(1836, NOT_WRITER), // read-only mode
            entry(1874, NOT_WRITER), // InnoDB is read-only
            entry(1036, NOT_WRITER), // a table is read-only: InnoDB's recovery mode
            entry(3989, NOT_WRITER), // a schema is read-only, as for its move
            entry(1040, NEVER_STARTED), // too many connections
            entry(1203, NEVER_STARTED), // too many of this user
            entry(1226, NEVER_STARTED), // the user's limit in the hour
            entry(1461, NEVER_STARTED), // too many prepared statements
            entry(9001, NEVER_STARTED), // ProxySQL: no server was reached in time
            entry(9002, NEVER_STARTED), // ProxySQL: no server was reached
            entry(9501, NEVER_STARTED), // RDS Proxy: no connection came free in time
            entry(1047, CONNECTION_LOST), // Galera: a node without a quorum, or not ready
            entry(1053, CONNECTION_LOST), // the server is shutting down
            entry(1077, CONNECTION_LOST), // the same
            entry(1079, CONNECTION_LOST), // it has shut down
            entry(1152, CONNECTION_LOST), // aborted
            entry(1158, CONNECTION_LOST), // the network, reading
            entry(1159, CONNECTION_LOST), // the same, in time
            entry(1160, CONNECTION_LOST), // the network, writing
            entry(1161, CONNECTION_LOST), // the same, in time
            entry(1181, CONNECTION_LOST), // failed in ROLLBACK: nobody knows what is left
            entry(1184, CONNECTION_LOST), // aborted before it was used
            entry(1927, CONNECTION_LOST), // MariaDB, MaxScale: KILL
            entry(2002, CONNECTION_LOST), // a proxy's own client: no server at the socket
            entry(2003, CONNECTION_LOST), // the same: no server at the address; MySQL Router
            entry(2005, CONNECTION_LOST), // the same: unknown host
            entry(2006, CONNECTION_LOST), // the same: gone away
            entry(2012, CONNECTION_LOST), // the same: in the handshake
            entry(2013, CONNECTION_LOST), // the same: lost in a statement; ProxySQL
            entry(2014, CONNECTION_LOST), // the same: out of sync
            entry(2026, CONNECTION_LOST), // the same: TLS
            entry(2027, CONNECTION_LOST), // the same: a packet that is none
            entry(2055, CONNECTION_LOST), // the same: lost, with the reason
            entry(3032, CONNECTION_LOST), // offline mode
            entry(3100, CONNECTION_LOST), // Group Replication: a member that is no more of the group
            entry(3168, CONNECTION_LOST), // the server is not available
            entry(3169, CONNECTION_LOST), // KILL
            entry(3796, CONNECTION_LOST), // Group Replication: not while the member recovers
            entry(3799, CONNECTION_LOST), // Group Replication: only while the member is online
            entry(4031, CONNECTION_LOST), // closed for idleness
            entry(9005, CONNECTION_LOST), // ProxySQL: locked to another server than the statement's
            entry(9006, CONNECTION_LOST), // the same
            entry(3, STORAGE), // error writing a file, of the server's lower layer
            entry(20, STORAGE), // disk full, of the same
            entry(1021, STORAGE), // disk full
            entry(1026, STORAGE), // error writing a file: the binary log
            entry(1030, STORAGE), // an error of the engine's, 28 for a full disk
            entry(1037, STORAGE), // out of memory
            entry(1038, STORAGE), // out of memory to sort
            entry(1041, STORAGE), // out of memory
            entry(1114, STORAGE), // the table is full: most often the disk
            entry(1135, STORAGE), // no room for another thread
            entry(1194, STORAGE), // a table is crashed
            entry(1195, STORAGE), // the same, in spite of a repair
            entry(1206, STORAGE), // no room for more locks
            entry(1534, STORAGE), // the binary log could not be written
            entry(1598, STORAGE), // the binary log is closed
            entry(1637, STORAGE), // no room for another transaction
            entry(1810, STORAGE), // I/O error, reading
            entry(1811, STORAGE), // I/O error, writing
            entry(1878, STORAGE), // a temporary file could not be written
            entry(3015, STORAGE), // the engine is out of memory
            entry(3019, STORAGE), // the undo log is full
            entry(3044, STORAGE), // out of memory
            entry(3675, STORAGE), // disk full
            entry(1044, SETUP), // no right to the schema
            entry(1045, SETUP), // user or password; ProxySQL: whatever it refuses
            entry(1049, SETUP), // unknown schema
            entry(1054, SETUP), // unknown column
            entry(1064, SETUP), // no such SQL: a server that is not supported
            entry(1129, SETUP), // this host is blocked
            entry(1130, SETUP), // this host is not allowed
            entry(1142, SETUP), // no right to the table
            entry(1143, SETUP), // no right to the column
            entry(1146, SETUP), // unknown table
            entry(1227, SETUP), // no right to a setting
            entry(1298, SETUP), // unknown time zone
            entry(1370, SETUP), // no right to a routine
            entry(1449, SETUP), // the user that a trigger or a view runs as is gone
            entry(1665, SETUP), // binlog_format=STATEMENT
            entry(1698, SETUP), // user without a password
            entry(1785, SETUP), // enforce_gtid_consistency, and a table that has no transactions
            entry(1820, SETUP), // the password must be changed
            entry(1862, SETUP), // the password is too old
            entry(1932, SETUP), // MariaDB: the table is missing in the engine
            entry(3098, SETUP), // Group Replication: a table without a primary key, or not InnoDB
            entry(3118, SETUP), // the account is locked
            entry(3159, SETUP), // TLS is required
            entry(3955, SETUP), // the account is blocked for failed logins
            entry(4151, SETUP), // MariaDB: the account is locked
            entry(9003, SETUP), // ProxySQL: a command that it does not have
            entry(1153, OTHER)); // a packet that is too large, which ends the connection: fewer requests may fit

    private Faults() {}
}
