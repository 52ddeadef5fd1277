package dev.flashsale.app.database;

import dev.flashsale.app.Problem;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How to log in to a database. Refuses a URL that it cannot use with a {@link Problem}. Shows no secret. */
record Access(String url, String username, String password) {

    private static final Pattern URL =
            Pattern.compile("jdbc:mysql://(?<address>[^/?]*)(/(?<database>[^?]*))?(\\?(?<parameters>.*))?");

    Access {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new Problem("flashsale.database.url does not begin with jdbc:mysql://, and that is what both MySQL"
                    + " and MariaDB are reached with: write jdbc:mysql://host:3306/flashsale");
        }
        String database = matcher.group("database");
        if (database == null || database.isBlank()) {
            throw new Problem(
                    "flashsale.database.url names no database: write jdbc:mysql://host:3306/flashsale and create that"
                            + " database if it does not exist");
        }
    }

    /** {@code host:port}, or several. */
    String address() {
        String address = part("address");
        String afterCredentials = address.substring(address.lastIndexOf('@') + 1);
        return afterCredentials.isEmpty() ? "localhost:3306" : withPort(afterCredentials);
    }

    String database() {
        return part("database");
    }

    /**
     * What the driver is told, the login included. What the URL says wins over ours.
     *
     * @param answerWithin how long a statement may take, zero for no limit
     */
    Properties properties(Duration answerWithin) {
        Map<String, String> ours = new LinkedHashMap<>();
        // By default the driver waits for ever, for a connection and for an answer.
        ours.put("connectTimeout", "5000");
        ours.put("socketTimeout", Long.toString(answerWithin.toMillis()));
        // 50 s by default: longer than any buyer waits, and a retry does better.
        ours.put("sessionVariables", "innodb_lock_wait_timeout=2");
        // Times are UTC whatever the zone of the server or of this program.
        ours.put("connectionTimeZone", "UTC");
        ours.put("forceConnectionTimeZoneToSession", "true");
        // The pool and the transactions go through JDBC: no need to ask the server for what JDBC has set.
        ours.put("useLocalSessionState", "true");
        ours.put("cacheServerConfiguration", "true");
        // Parsed statements are kept on this side: batches have as many shapes as sizes, too many for the server.
        ours.put("cachePrepStmts", "true");
        ours.put("prepStmtCacheSize", "256");
        ours.put("prepStmtCacheSqlLimit", "4096");
        ours.put("rewriteBatchedStatements", "true");
        Set<String> theirs = parameterNames();
        if (!part("address").contains("@") && !theirs.contains("user")) {
            ours.put("user", username);
            ours.put("password", password);
        }
        Properties properties = new Properties();
        ours.forEach((name, value) -> {
            if (!theirs.contains(name.toLowerCase(Locale.ROOT))) {
                properties.setProperty(name, value);
            }
        });
        return properties;
    }

    private Set<String> parameterNames() {
        return Arrays.stream(part("parameters").split("&", -1))
                .map(parameter -> parameter.split("=", 2)[0].toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private String part(String name) {
        Matcher matcher = URL.matcher(url);
        String part = matcher.matches() ? matcher.group(name) : "";
        return part == null ? "" : part;
    }

    private static String withPort(String address) {
        return address.contains(":") || address.contains(",") ? address : address + ":3306";
    }

    @Override
    public String toString() {
        return "database " + database() + " at " + address();
    }
}
