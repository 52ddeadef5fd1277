package dev.flashsale.adapter.jdbc.pool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * New connections to the writer alone, each of which was asked once ({@link WriterCheck}). Of the hosts in a URL,
 * {@code jdbc:mysql://a:3306,b:3306/shop}, each is tried by itself, the last writer first: the driver's own choice among
 * them may stay with one that is read-only. Pools nothing.
 */
public final class WriterDataSource extends AbstractDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(WriterDataSource.class);
    private static final int READ_ONLY = 1290;

    /** Too many connections, a node that is not ready in its cluster, a server that is shutting down. */
    private static final Set<Integer> PASSING = Set.of(READ_ONLY, 1040, 1047, 1053);

    private static final long PAUSE_MILLIS = 100;

    private final List<Host> hosts;
    private final Properties properties;
    private final BooleanSupplier patient;
    private volatile @Nullable Host lastWriter;
    private volatile boolean told;
    private volatile int loginTimeoutSeconds;

    /**
     * @param properties as {@link DriverProperties} has them, and the login; what they are when a connection is made
     * @throws IllegalArgumentException for a URL by which the driver chooses a server for each statement
     */
    public WriterDataSource(String url, Properties properties) {
        this(url, properties, () -> false);
    }

    /** @param patient whether to go on trying while there is no writer, or none can be reached */
    WriterDataSource(String url, Properties properties, BooleanSupplier patient) {
        this.hosts = Host.in(url);
        this.properties = properties;
        this.patient = patient;
    }

    /** @throws SQLException 1290, as of a write, if those that answer are no writers */
    @Override
    public Connection getConnection() throws SQLException {
        return connect(Map.of());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return connect(Map.of("user", username, "password", password));
    }

    private Connection connect(Map<String, String> login) throws SQLException {
        Properties all = new Properties();
        properties.forEach((name, value) -> all.setProperty(name.toString(), value.toString()));
        all.putAll(login);
        while (true) {
            try {
                return writer(all);
            } catch (SQLException failed) {
                if (!passes(failed) || !patient.getAsBoolean()) {
                    throw failed;
                }
                if (!told) {
                    told = true;
                    LOG.warn("No database to write to, trying on: {}", firstLine(failed));
                }
            }
            pause();
        }
    }

    private Connection writer(Properties all) throws SQLException {
        List<SQLException> failures = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Host host : lastWriterFirst()) {
            try {
                return connected(host, all);
            } catch (NotWriter refused) {
                others.add(refused.getMessage());
            } catch (SQLException failed) {
                failures.add(failed);
                others.add(host.name() + ": " + firstLine(failed));
            }
        }
        SQLException none = failures.size() == hosts.size()
                ? failures.get(0)
                : new SQLException("no writer among " + String.join(", ", others), "25006", READ_ONLY);
        failures.stream().filter(failure -> !failure.equals(none)).forEach(none::addSuppressed);
        throw none;
    }

    /** The login is bounded as reaching the server is: one that goes on for longer has lost what it waits for. */
    private Connection connected(Host host, Properties all) throws SQLException {
        int answer = millis(all, "socketTimeout");
        int connect = millis(all, "connectTimeout");
        boolean shorter = connect > 0 && (answer == 0 || answer > connect) && all.containsKey("socketTimeout");
        Properties bounded = new Properties();
        bounded.putAll(all);
        if (shorter) {
            bounded.setProperty("socketTimeout", Integer.toString(connect));
        }
        Connection connection = DriverManager.getConnection(host.url(), bounded);
        try {
            Map<String, String> state = WriterCheck.state(connection);
            Optional<String> whyNot = WriterCheck.whyNot(connection, state);
            if (whyNot.isPresent()) {
                throw new NotWriter(host.name() + " " + whyNot.get());
            }
            SessionBounds.refine(connection, state);
            if (shorter) {
                connection.setNetworkTimeout(Runnable::run, answer);
            }
            Host last = lastWriter;
            if (told || (last != null && !last.equals(host))) {
                LOG.info("Writing to {}", host.name());
            }
            told = false;
            lastWriter = host;
            return connection;
        } catch (SQLException | RuntimeException failed) {
            try (connection) {
                throw failed;
            }
        }
    }

    private List<Host> lastWriterFirst() {
        Host last = lastWriter;
        List<Host> order = new ArrayList<>(hosts);
        if (last != null && order.remove(last)) {
            order.add(0, last);
        }
        return order;
    }

    /** Whether the same may succeed later, as after a failover or a restart. */
    private static boolean passes(SQLException failed) {
        int number = failed.getErrorCode();
        return PASSING.contains(number)
                || (number == 0 && String.valueOf(failed.getSQLState()).startsWith("08"));
    }

    /** The driver goes on about packets. */
    private static String firstLine(SQLException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while there was no database to write to", interrupted);
        }
    }

    private static int millis(Properties properties, String name) {
        return Integer.parseInt(properties.getProperty(name, "0"));
    }

    private static final class NotWriter extends SQLException {
        NotWriter(String why) {
            super(why, "25006", READ_ONLY);
        }
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    /** Ignored: the driver's properties bound it. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeoutSeconds = seconds;
    }
}
