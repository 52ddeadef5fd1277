package dev.flashsale.adapter.jdbc.hosts;

/**
 * What came of a run, as a row of a table: the host, whether it joins, the isolation and the manager of its transactions, its
 * threads, the JDK, calls of the library, the host's transactions committed and rolled back, holds that are there, how often
 * {@code Busy} was told, the result.
 */
record Result(Load load, String isolation, Counts counts, long placed, Violations violations) {

    String line() {
        return row(
                load.host().name(),
                load.host().joins() ? "yes" : "no",
                isolation,
                load.host().manager(),
                load.buyers() + (load.virtual() ? " virtual" : " platform"),
                System.getProperty("java.version"),
                counts.calls,
                counts.committed,
                counts.rolledBack,
                placed,
                counts.busy,
                ok() ? "ok" : "FAILED: " + violations.counts());
    }

    boolean ok() {
        return violations.counts().isEmpty();
    }

    static String row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ')
                    .append(String.valueOf(cell).replace('\n', ' ').replace('|', '/'))
                    .append(" |");
        }
        return row.toString();
    }
}
