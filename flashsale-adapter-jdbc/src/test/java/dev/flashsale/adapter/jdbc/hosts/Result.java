package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Busy;

/** What came of a run, as a row of a table. Busy is counted by what must be done again: the request, the transaction. */
record Result(Load load, String isolation, Counts counts, long placed, Violations violations) {

    static final String HEADER =
            row("host", "joins", "isolation", "manager", "threads", "JDK", "calls", "holds", "`Busy`", "result")
                    + "\n|---|---|---|---|---|---|--:|--:|--:|---|";

    String line() {
        return row(
                load.host().name(),
                load.host().joins() ? "yes" : "no",
                isolation.replace('-', ' '),
                load.host().manager(),
                load.buyers() + (load.virtual() ? " virtual" : " platform"),
                System.getProperty("java.version"),
                counts.calls,
                placed,
                counts.busy(Busy.Repeat.REQUEST) + " + " + counts.busy(Busy.Repeat.TRANSACTION),
                ok() ? "ok" : "FAILED: " + violations.counts());
    }

    /** A row for a host that did not start. */
    static String line(String name, Throwable failed) {
        return row(name, "", "", "", "", System.getProperty("java.version"), "", "", "", "FAILED: " + failed);
    }

    boolean ok() {
        return violations.counts().isEmpty();
    }

    private static String row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ')
                    .append(String.valueOf(cell).replace('\n', ' ').replace('|', '/'))
                    .append(" |");
        }
        return row.toString();
    }
}
