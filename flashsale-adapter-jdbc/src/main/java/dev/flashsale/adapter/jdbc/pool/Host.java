package dev.flashsale.adapter.jdbc.pool;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of those that a URL names.
 *
 * @param name without a login
 * @param url that leads to it alone
 */
record Host(String name, String url) {

    private static final Pattern CHOOSING =
            Pattern.compile("(?i)jdbc:mysql(?<how>:replication:|:loadbalance:|\\+srv:|\\+srv:.*?:)//.*");
    private static final Pattern URL =
            Pattern.compile("(?i)(?<scheme>[^/]*//)(?<hosts>[^/?#]*)(?<rest>.*)", Pattern.DOTALL);
    private static final Pattern PLAIN_LIST = Pattern.compile("[^()\\[\\]=]*,[^()\\[\\]=]*");

    static List<Host> in(String url) {
        Matcher choosing = CHOOSING.matcher(url);
        if (choosing.matches()) {
            throw new IllegalArgumentException("a URL that begins with jdbc:mysql" + choosing.group("how")
                    + "// has the driver choose a server for each statement, and some of them do not know yet what was just"
                    + " sold: write jdbc:mysql://a:3306,b:3306/database, and the writer among them is found");
        }
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return List.of(new Host("the database", url));
        }
        String scheme = parts.group("scheme");
        String all = parts.group("hosts");
        if (!scheme.equalsIgnoreCase("jdbc:mysql://") || !all.contains(",")) {
            return List.of(new Host(withoutLogin(all), url));
        }
        if (!PLAIN_LIST.matcher(all).matches()) {
            return List.of(new Host(withoutLogin(all), withParameter(url, "failOverReadOnly=false")));
        }
        String[] each = all.split(",", -1);
        String login =
                each[0].substring(0, each[0].length() - withoutLogin(each[0]).length());
        return Arrays.stream(each)
                .map(host -> new Host(
                        withoutLogin(host), scheme + (host.contains("@") ? host : login + host) + parts.group("rest")))
                .toList();
    }

    private static String withoutLogin(String host) {
        return host.substring(host.lastIndexOf('@') + 1);
    }

    /** The driver takes the first of two of one name. */
    private static String withParameter(String url, String parameter) {
        int end = url.indexOf('#') < 0 ? url.length() : url.indexOf('#');
        return url.substring(0, end) + (url.contains("?") ? "&" : "?") + parameter + url.substring(end);
    }
}
