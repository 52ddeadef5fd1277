package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Busy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what happened in a run. */
final class Counts {

    /** Of use cases, in transactions and outside. */
    final LongAdder calls = new LongAdder();

    final LongAdder committed = new LongAdder();
    final LongAdder rolledBack = new LongAdder();

    private final Map<String, LongAdder> busy = new ConcurrentHashMap<>();

    void busy(Busy told, boolean joined) {
        String what = told.repeat() + (joined ? " joined: " : " alone: ") + root(told);
        busy.computeIfAbsent(what, unknown -> new LongAdder()).increment();
    }

    /** How often one was told of what must be done again. */
    long busy(Busy.Repeat repeat) {
        return busy.entrySet().stream()
                .filter(told -> told.getKey().startsWith(repeat.name()))
                .mapToLong(told -> told.getValue().sum())
                .sum();
    }

    /** What it was told for. */
    Map<String, Long> whyBusy() {
        Map<String, Long> why = new TreeMap<>();
        busy.forEach((what, count) -> why.put(what, count.sum()));
        return why;
    }

    private static String root(Throwable failed) {
        Throwable cause = failed.getCause();
        return cause == null ? String.valueOf(failed.getMessage()) : root(cause);
    }
}
