package dev.flashsale.app.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server showed to Prometheus, and whether an expression can be told from it. */
record Scrape(Map<String, List<Map<String, String>>> series, Map<String, Set<String>> families) {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:]\\w*)\\s*\\{([^}]*)}");
    private static final Pattern BY = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:]\\w*");
    private static final Set<String> WORDS = Set.of(
            "sum",
            "max",
            "min",
            "by",
            "rate",
            "increase",
            "delta",
            "histogram_quantile",
            "time",
            "and",
            "or",
            "unless",
            "label_values");

    /** Prometheus itself adds these. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    /** Whose values are those of a variable. */
    private static final String VARIABLE = "$";

    static Scrape of(String text) {
        Map<String, List<Map<String, String>>> series = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher one = SERIES.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (one.matches()) {
                series.computeIfAbsent(one.group(1), name -> new ArrayList<>())
                        .add(labels(Objects.requireNonNullElse(one.group(2), "")));
            }
        }
        return new Scrape(series, families(series, types));
    }

    /** A family is what one row of the documentation tells of: a name, and that with an ending for each part of it. */
    private static Map<String, Set<String>> families(
            Map<String, List<Map<String, String>>> series, Map<String, String> types) {
        Map<String, Set<String>> families = new TreeMap<>();
        series.forEach((name, all) -> {
            String base = name.replaceFirst("_(bucket|count|sum|max)$", "");
            Set<String> labels = families.computeIfAbsent(
                    types.getOrDefault(base, "gauge").equals("gauge") ? name : base, any -> new TreeSet<>());
            all.forEach(one -> labels.addAll(one.keySet()));
            labels.remove("le");
        });
        return families;
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(3));
        }
        return labels;
    }

    /** What in it no server shows; nothing if it is right. */
    List<String> faults(String expression) {
        List<String> faults = new ArrayList<>();
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        String rest = expression.replaceAll("\\[[^]]*]", "");
        Matcher selector = SELECTOR.matcher(rest);
        while (selector.find()) {
            faults.addAll(faults(selector.group(1), selector.group(2)));
        }
        rest = selector.replaceAll("$1");
        List<String> by = new ArrayList<>();
        Matcher grouping = BY.matcher(rest);
        while (grouping.find()) {
            by.addAll(List.of(grouping.group(1).split("\\s*,\\s*")));
        }
        Matcher name = NAME.matcher(grouping.replaceAll(" "));
        Set<String> known = new TreeSet<>();
        while (name.find()) {
            if (!WORDS.contains(name.group())) {
                known.add(name.group());
            }
        }
        if (known.isEmpty()) {
            faults.add("no metric in " + expression);
        }
        for (String metric : known) {
            if (metric.equals("up")) {
                continue;
            }
            List<Map<String, String>> all = series.getOrDefault(metric, List.of());
            if (all.isEmpty()) {
                faults.add("no metric " + metric);
            }
            all.forEach(one -> labels.addAll(one.keySet()));
        }
        by.stream().filter(label -> !labels.contains(label)).forEach(label -> faults.add("no label " + label));
        return faults;
    }

    private List<String> faults(String metric, String matchers) {
        List<String> faults = new ArrayList<>();
        Matcher matcher = LABEL.matcher(matchers);
        while (matcher.find()) {
            String label = matcher.group(1);
            String value = matcher.group(3);
            if (OF_PROMETHEUS.contains(label)) {
                continue;
            }
            boolean regex = matcher.group(2).endsWith("~");
            boolean found = series.getOrDefault(metric, List.of()).stream()
                    .map(one -> one.get(label))
                    .filter(Objects::nonNull)
                    .anyMatch(shown ->
                            value.startsWith(VARIABLE) || (regex ? shown.matches(value) : shown.equals(value)));
            if (!found) {
                faults.add("no " + label + "=" + value + " of " + metric);
            }
        }
        return faults;
    }
}
