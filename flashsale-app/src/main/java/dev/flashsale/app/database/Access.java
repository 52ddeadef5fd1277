package dev.flashsale.app.database;

import com.zaxxer.hikari.HikariConfig;
import dev.flashsale.adapter.jdbc.pool.DriverProperties;
import dev.flashsale.adapter.jdbc.pool.FlashsalePool;
import dev.flashsale.adapter.jdbc.pool.WriterDataSource;
import dev.flashsale.app.WrongCall;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How to log in to a database. Refuses a URL that it cannot use with a {@link WrongCall}. Shows no secret. */
record Access(String url, String username, String password) {

    private static final Pattern URL =
            Pattern.compile("jdbc:mysql://(?<address>[^/?]*)(/(?<database>[^?]*))?(\\?(?<parameters>.*))?");
    private static final Pattern USER = Pattern.compile("(^|&)user=", Pattern.CASE_INSENSITIVE);

    Access {
        try {
            WriterDataSource unused = new WriterDataSource(url, new Properties());
        } catch (IllegalArgumentException refused) {
            throw new WrongCall("flashsale.database.url: " + refused.getMessage(), refused);
        }
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new WrongCall("flashsale.database.url does not begin with jdbc:mysql://, and that is what both MySQL"
                    + " and MariaDB are reached with: write jdbc:mysql://host:3306/flashsale");
        }
        String database = matcher.group("database");
        if (database == null || database.isBlank()) {
            throw new WrongCall(
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
        Properties properties = DriverProperties.complete(url, answerWithin);
        properties.putAll(login());
        return properties;
    }

    /** A pool's configuration; its size is the caller's to set. */
    HikariConfig pool(Duration answerWithin) {
        HikariConfig config = FlashsalePool.newConfig(url, answerWithin);
        login().forEach(config::addDataSourceProperty);
        return config;
    }

    /** Nothing where the URL has one. */
    private Map<String, String> login() {
        boolean inUrl = part("address").contains("@")
                || USER.matcher(part("parameters")).find();
        return inUrl ? Map.of() : Map.of("user", username, "password", password);
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
