package dev.flashsale.app.bench;

import java.util.Locale;

/** What is promised of two workloads beside one another, on the same machine in the same run. */
enum Ratio {
    HOLD_TO_TEXTBOOK(
            "holds of a hot product per second, ours : textbook", Metric.RATE, "hold", "textbook_hold", 50, 100),
    HOLD_TO_LIMIT("holds of a hot product per second, ours : bare limit", Metric.RATE, "hold", "limit", 0.5, 0.8),
    P99_TO_TEXTBOOK("p99 of a hold, ours : textbook", Metric.P99, "hold", "textbook_hold", 0.05, 0.01),
    SINGLE_LATENCY_TO_TEXTBOOK(
            "one caller alone, p50 of a hold, ours : textbook", Metric.P50, "single", "textbook_single", 1.0, 0.8),
    FUNNEL_TO_TEXTBOOK(
            "hold, order and payment per second, ours : textbook", Metric.RATE, "funnel", "textbook_funnel", 30, 80),
    HTTP_HOLD_TO_NOOP(
            "HTTP holds per second : route that does nothing", Metric.RATE, "http_hold", "http_noop", 0.25, 0.5),
    HTTP_REFUSAL_TO_NOOP(
            "HTTP sold-out refusals per second : route that does nothing",
            Metric.RATE,
            "http_refusal",
            "http_noop",
            0.8,
            0.95),
    HTTP_READ_TO_NOOP(
            "HTTP product reads per second : route that does nothing",
            Metric.RATE,
            "http_read",
            "http_noop",
            0.8,
            0.95),
    TWO_NODES_TO_ONE("holds per second, two instances together : one", Metric.RATE, "two_nodes", "hold", 0.9, 1.2),
    PRODUCTS64_TO_ONE("holds per second, 64 products : one", Metric.RATE, "products64", "hold", 0.7, 1.0),
    LIMITED_TO_HOLD(
            "holds per second, with a limit per customer : without one", Metric.RATE, "limited_hold", "hold", 0.8, 1.0),
    HOLD_BESIDE_ORDER_EVENTS(
            "holds per second, with events of orders kept : with none",
            Metric.RATE,
            "order_events_hold",
            "hold",
            0.9,
            1.0),
    FUNNEL_WITH_ORDER_EVENTS(
            "hold, order and payment per second, with events of orders kept : with none",
            Metric.RATE,
            "order_events_funnel",
            "funnel",
            0.5,
            0.9),
    HOLD_WITH_HOLD_EVENTS(
            "holds per second, with events of holds kept : with none",
            Metric.RATE,
            "hold_events_hold",
            "hold",
            0.3,
            0.6),
    AGED_HOLD_TO_EMPTY(
            "holds per second, millions of ended holds : empty table",
            Metric.RATE,
            "aged_hold",
            "empty_hold",
            0.9,
            1.0),
    AGED_READ_TO_EMPTY(
            "reads per second, millions of ended holds : empty table",
            Metric.RATE,
            "aged_read",
            "empty_read",
            0.9,
            1.0),
    EXPIRY_TO_QUIET(
            "holds per second, while 100,000 holds expire : quiet",
            Metric.RATE,
            "expiry_hold",
            "expiry_quiet_hold",
            0.7,
            0.9),
    STREAM_TO_NOBODY(
            "HTTP holds per second, while a crowd listens : nobody", Metric.RATE, "stream_hold", "http_hold", 0.7, 0.9),
    OVERLOAD_TO_CAPACITY(
            "good HTTP answers per second, at 4 × capacity : at capacity",
            Metric.RATE,
            "http_overload",
            "http_capacity",
            0.8,
            0.95);

    private final String description;
    private final Metric metric;
    private final String of;
    private final String to;
    private final double target;
    private final double aim;

    Ratio(String description, Metric metric, String of, String to, double target, double aim) {
        this.description = description;
        this.metric = metric;
        this.of = of;
        this.to = to;
        this.target = target;
        this.aim = aim;
    }

    /** By which it is known in the JSON document. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    /** A latency should be small, a rate large. */
    boolean smallerIsBetter() {
        return metric != Metric.RATE;
    }

    /** The least or, where smaller is better, the most that is promised. */
    double target() {
        return target;
    }

    double aim() {
        return aim;
    }

    Metric metric() {
        return metric;
    }

    String of() {
        return of;
    }

    String to() {
        return to;
    }

    boolean metBy(double value) {
        return reaches(value, target);
    }

    boolean reaches(double value, double bound) {
        return smallerIsBetter() ? value <= bound : value >= bound;
    }
}
