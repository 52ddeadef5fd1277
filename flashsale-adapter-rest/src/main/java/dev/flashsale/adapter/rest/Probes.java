package dev.flashsale.adapter.rest;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the program that the server is part of tells of itself, to load balancers and operators. Each is asked for every
 * request, so it answers soon.
 *
 * @param databaseReady whether a statement can be run now
 * @param audit how the last check of the books ended; empty before the first one, and where there is none
 * @param failure what failed last while everything else went on; empty where nothing has for a while
 * @param metrics what {@code /metrics} shows; without it there is no such path
 * @param live what the console shows; without it there is neither {@code /console} nor what it is told
 */
public record Probes(
        BooleanSupplier databaseReady,
        Supplier<Optional<LastAudit>> audit,
        Supplier<Optional<LastFailure>> failure,
        Optional<Metrics> metrics,
        Optional<LiveSale> live) {

    /** Without anything but the database. */
    public static Probes of(BooleanSupplier databaseReady) {
        return new Probes(databaseReady, Optional::empty, Optional::empty, Optional.empty(), Optional.empty());
    }

    /**
     * A check of the books that came to its end.
     *
     * @param violations 0 if everything added up
     */
    public record LastAudit(Instant at, int violations) {}

    /**
     * Something that failed alone.
     *
     * @param what the kind of work, in lower case
     * @param subject what it was done to: {@code product 7}
     */
    public record LastFailure(Instant at, String what, String subject) {}

    /**
     * What Prometheus gets.
     *
     * @param text in the format that it asks for
     * @param open whether everybody may read it; else operators alone, for it tells how much is sold
     */
    public record Metrics(Function<MetricsFormat, String> text, boolean open) {}

    /** In which metrics can be written. */
    public enum MetricsFormat {
        /** Of Prometheus, version 0.0.4. */
        TEXT("text/plain; version=0.0.4; charset=utf-8"),
        /** With exemplars: the last traces that were measured. */
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String contentType;

        MetricsFormat(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }
    }
}
