package dev.flashsale.app.bench;

/** When the next request is meant to be sent. Times are of {@link System#nanoTime}. */
sealed interface Arrivals {

    /** Each connection sends again as soon as it has its answer: what the server can do at most. */
    record Closed() implements Arrivals {}

    /**
     * So many per second whatever the server does, as a crowd arrives. What finds no free connection waits for one, and
     * that wait counts as latency.
     */
    record Open(double perSecond) implements Arrivals {
        long intendedNanos(long number) {
            return (long) (number * 1e9 / perSecond);
        }
    }
}
