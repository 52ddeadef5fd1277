package dev.flashsale.app.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured: each is a group of workloads that are compared with one another. */
enum Row {
    HOLD("holds of a hot product: the textbook way, ours, and the bare limit", true),
    SINGLE("one caller alone: the textbook way and ours", true),
    FUNNEL("hold, order and payment: the textbook way and ours", true),
    REFUSAL("refusals when nothing is left", true),
    TWO_NODES("two instances with half of the callers each, beside one", false),
    PRODUCTS64("callers spread over 64 products, beside one product", false),
    LIMITED("holds of a product with a limit per customer, each by another customer, beside one without", false),
    EVENTS("holds and sales with events kept, beside the same without", false),
    EXPIRY("buyers while 100,000 holds expire, beside a quiet time", false),
    HTTP("holds, refusals and product reads over HTTP, beside a route that does nothing", false),
    OVERLOAD("holds over HTTP at four times what the server can do", false),
    STREAM("holds over HTTP while a crowd listens to the stream of their product, beside nobody", false),
    AGED("holds and reads with millions of ended holds, beside an empty table; filling takes minutes", false);

    private final String description;
    private final boolean usual;

    Row(String description, boolean usual) {
        this.description = description;
        this.usual = usual;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    /** What is measured when nobody chooses. */
    static Set<Row> usual() {
        return Arrays.stream(values())
                .filter(row -> row.usual)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Row.class)));
    }
}
