package dev.flashsale.adapter.jdbc.pool;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What MySQL's driver, Connector/J, is told beside a URL. Whatever the URL says stays as it says: it is left out here,
 * because the driver would let these win. What a URL says of one address alone, {@code (name=value)}, the driver takes
 * instead of these.
 */
public final class DriverProperties {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration LOCK_WITHIN = Duration.ofSeconds(2);
    private static final String LOCK_TIMEOUT = "innodb_lock_wait_timeout=" + LOCK_WITHIN.toSeconds();
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);
    private static final String SESSION_VARIABLES = "sessionVariables";

    private DriverProperties() {}

    /**
     * A bound for every wait, and nothing else, so that it suits connections that are others' as well:
     *
     * <ul>
     *   <li>{@code connectTimeout}, 2,000 ms: by default the driver waits for ever;
     *   <li>{@code socketTimeout}, in milliseconds: by default the driver waits for ever for an answer;
     *   <li>{@code innodb_lock_wait_timeout}, 2 s for each statement, one of the {@code sessionVariables}: by default
     *       50 s, longer than any buyer waits, and a retry does better. The URL's own {@code sessionVariables} are kept
     *       beside it, and one of that name wins. The connection is told when it is made: it costs no transaction
     *       anything.
     * </ul>
     *
     * @param answerWithin how long a statement may take until the connection is given up, from 1 ms to 24 days, longer
     *     than a lock may take; zero for no limit
     */
    public static Properties bounds(String url, Duration answerWithin) {
        return bounds(url, new Properties(), answerWithin);
    }

    /** The same beside properties of their own: the driver lets them win over the URL, too. */
    static Properties bounds(String url, Properties theirs, Duration answerWithin) {
        return bounds(new Given(url, theirs), answerWithin, LOCK_TIMEOUT);
    }

    /**
     * For connections that are Flashsale's alone, also what is safe only there, or costs memory:
     *
     * <ul>
     *   <li>{@code connectionTimeZone} UTC, in the session, too: the library's times are UTC in any zone, and so are
     *       then the server's own;
     *   <li>{@code useLocalSessionState}, {@code cacheServerConfiguration}: the server is not asked for what JDBC has
     *       set. For code that changes the session through JDBC alone, never by a statement;
     *   <li>{@code cachePrepStmts}, 256 of up to 4,096 characters: parsed statements are kept on this side. Batches
     *       have as many shapes as sizes, too many for the server;
     *   <li>{@code rewriteBatchedStatements};
     *   <li>{@code wait_timeout}, {@code net_read_timeout} and {@code net_write_timeout} of 5 s in the session, unless
     *       {@code answerWithin} is zero: the server ends what is silent for longer, so that a program that has died without
     *       closing its connections, or stands still, keeps nothing locked. It ends what is idle in a pool, too.
     * </ul>
     */
    public static Properties complete(String url, Duration answerWithin) {
        Given given = new Given(url, new Properties());
        Properties all = bounds(
                given,
                answerWithin,
                answerWithin.isZero() ? LOCK_TIMEOUT : LOCK_TIMEOUT + "," + SessionBounds.VARIABLES);
        given.put(all, "connectionTimeZone", "UTC");
        given.put(all, "forceConnectionTimeZoneToSession", "true");
        given.put(all, "useLocalSessionState", "true");
        given.put(all, "cacheServerConfiguration", "true");
        given.put(all, "cachePrepStmts", "true");
        given.put(all, "prepStmtCacheSize", "256");
        given.put(all, "prepStmtCacheSqlLimit", "4096");
        given.put(all, "rewriteBatchedStatements", "true");
        return all;
    }

    private static Properties bounds(Given given, Duration answerWithin, String ours) {
        Properties bounds = new Properties();
        given.put(bounds, "connectTimeout", Long.toString(CONNECT_WITHIN.toMillis()));
        given.put(bounds, "socketTimeout", Long.toString(millis(answerWithin)));
        // Of two variables of one name the server takes the last.
        String theirs = given.values().getOrDefault(SESSION_VARIABLES, "");
        bounds.setProperty(SESSION_VARIABLES, theirs.isBlank() ? ours : ours + "," + theirs);
        return bounds;
    }

    private static long millis(Duration answerWithin) {
        boolean tooShort = answerWithin.isNegative() || (!answerWithin.isZero() && answerWithin.toMillis() == 0);
        if (tooShort || answerWithin.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an answer within " + answerWithin + ": give 1 ms to " + LONGEST + ", or zero for no limit");
        }
        return answerWithin.toMillis();
    }

    /** What the driver is told already, by names in any case. */
    private record Given(Map<String, String> values) {

        Given(String url, Properties theirs) {
            this(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
            String parameters = url.replaceFirst("#.*", "").replaceFirst("^[^?]*\\??", "");
            for (String parameter : parameters.split("&", -1)) {
                String[] parts = parameter.split("=", 2);
                values.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
            }
            theirs.stringPropertyNames().forEach(name -> values.put(name, theirs.getProperty(name)));
        }

        void put(Properties properties, String name, String value) {
            if (!values.containsKey(name)) {
                properties.setProperty(name, value);
            }
        }

        private static String decoded(String part) {
            try {
                return URLDecoder.decode(part, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException malformed) {
                // It may be a password, and it is the driver's to refuse.
                return part;
            }
        }
    }
}
