package dev.flashsale.app.metrics;

import dev.flashsale.adapter.jdbc.micrometer.ProductMeters;
import dev.flashsale.adapter.jdbc.micrometer.SaleMeters;
import dev.flashsale.adapter.rest.AnswerListener;
import dev.flashsale.adapter.rest.LiveSale;
import dev.flashsale.adapter.rest.PlaceUse;
import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.adapter.rest.Probes.LastFailure;
import dev.flashsale.adapter.rest.Probes.MetricsFormat;
import dev.flashsale.app.logging.AccessAppender;
import dev.flashsale.application.ExpiringPieces;
import dev.flashsale.application.ProductPieces;
import dev.flashsale.application.SaleListener;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.webhook.EndpointId;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Everything that a node measures, under the names that docs/watching.md lists. Thread-safe. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new TraceOfThread());
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final LastFailures failures = new LastFailures(InstantSource.system());
    private final ProductCounts counts = new ProductCounts();
    private final SaleListener sale = SaleListener.all(List.of(new SaleMeters(registry), counts, failures));
    /** A scrape is of one reading of the products. */
    private final ReadWriteLock reading = new ReentrantReadWriteLock();

    private final ProductMeters products = new ProductMeters(registry, meters -> {});
    private final MultiGauge waiting;
    private final AnswerListener answers = new HttpMetrics(registry);
    private final LiveReadings live;

    /** @param node this node's name among others */
    public Metrics(String node) {
        live = new LiveReadings(node, counts, new AnswerTimes(registry), InstantSource.system());
        waiting = MultiGauge.builder("flashsale.endpoint.waiting")
                .description("Events that an endpoint is not done with")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        FunctionCounter.builder("flashsale.access.log.dropped", registry, any -> AccessAppender.dropped())
                .description("Lines of the access log that were logged faster than they could be written")
                .register(registry);
    }

    /** Counts what happens to a sale. */
    public SaleListener sale() {
        return sale;
    }

    /** What failed last while everything else went on, if that was not long ago. */
    public Optional<LastFailure> lastFailure() {
        return failures.last();
    }

    /** Counts what is answered over HTTP. */
    public AnswerListener answers() {
        return answers;
    }

    /** Shows where the pieces of these products are, from now on, and of no others. */
    public void showProducts(List<ProductPieces> pieces) {
        reading.writeLock().lock();
        try {
            products.show(pieces);
        } finally {
            reading.writeLock().unlock();
        }
        live.add(pieces);
    }

    /** Shows how many events wait for these endpoints, from now on, and for no others. */
    public void showWaiting(Map<EndpointId, Long> events) {
        waiting.register(
                events.entrySet().stream()
                        .<MultiGauge.Row<?>>map(endpoint -> MultiGauge.Row.of(
                                Tags.of("endpoint", endpoint.getKey().toString()), endpoint.getValue()))
                        .toList(),
                true);
    }

    /** Shows no longer where the pieces of products are, since it is not known. */
    public void hideProducts() {
        reading.writeLock().lock();
        try {
            products.hide();
        } finally {
            reading.writeLock().unlock();
        }
        live.add(List.of());
    }

    /** How the sale goes, by what is shown of products here and what is counted. */
    public LiveSale live() {
        return live;
    }

    /** Whether somebody looks at {@link #live} now. */
    public boolean isLookedAt() {
        return live.isLookedAt();
    }

    /** Of which products somebody wants to know what expires soon: a few. */
    public List<ProductId> productsLookedAt() {
        return live.productsLookedAt();
    }

    /** Shows what expires soon, of these products and of no others. */
    public void showExpiring(Map<ProductId, List<ExpiringPieces>> read) {
        live.showExpiring(read);
    }

    /** Shows whether the database could be written to when it was last asked. */
    public void watchReadiness(BooleanSupplier ready) {
        Gauge.builder("flashsale.ready", () -> ready.getAsBoolean() ? 1 : 0)
                .description("Whether the database could be written to a moment ago: 1 or 0")
                .register(registry);
    }

    /** For what can measure itself. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Measures how busy a server is, as it tells; none of it while it does not run. */
    public void watchPlaces(Supplier<List<PlaceUse>> places) {
        for (String name : List.of("all", "holds", "reads")) {
            Supplier<Number> inUse = () -> of(places, name, PlaceUse::inUse);
            Supplier<Number> most = () -> of(places, name, PlaceUse::most);
            Gauge.builder("flashsale.http.places.in.use", inUse)
                    .description("Requests that are served at the moment")
                    .tag("places", name)
                    .register(registry);
            Gauge.builder("flashsale.http.places", most)
                    .description("Requests that are served at once, at most")
                    .tag("places", name)
                    .register(registry);
            FunctionCounter.builder("flashsale.http.refused", places, from -> of(from, name, PlaceUse::refused))
                    .description("Requests that found no place")
                    .tag("places", name)
                    .register(registry);
        }
    }

    /** Measures how many listen to products, as a server tells; none while it does not run. */
    public void watchStreams(Supplier<Optional<PlaceUse>> streams) {
        Supplier<Number> listeners = () -> of(streams, PlaceUse::inUse);
        Supplier<Number> most = () -> of(streams, PlaceUse::most);
        Gauge.builder("flashsale.stream.listeners", listeners)
                .description("Who listen to products at the moment")
                .register(registry);
        Gauge.builder("flashsale.stream.listeners.limit", most)
                .description("Who may listen to products at once, at most")
                .register(registry);
        FunctionCounter.builder("flashsale.stream.refused", streams, from -> of(from, PlaceUse::refused))
                .description("Who could not listen, since too many did")
                .register(registry);
    }

    private static double of(Supplier<Optional<PlaceUse>> streams, ToDoubleFunction<PlaceUse> what) {
        return streams.get().stream().mapToDouble(what).sum();
    }

    private static double of(Supplier<List<PlaceUse>> places, String name, ToDoubleFunction<PlaceUse> what) {
        return places.get().stream()
                .filter(place -> place.places().equals(name))
                .mapToDouble(what)
                .findFirst()
                .orElse(0);
    }

    /** Shows the last check of the books that came to its end. */
    public void watchAudit(Supplier<Optional<LastAudit>> last) {
        Supplier<Number> violations =
                () -> last.get().map(audit -> (double) audit.violations()).orElse(Double.NaN);
        Supplier<Number> at = () ->
                last.get().map(audit -> audit.at().toEpochMilli() / 1000.0).orElse(Double.NaN);
        Gauge.builder("flashsale.audit.violations", violations)
                .description("Products whose pieces did not add up when the books were last checked")
                .register(registry);
        TimeGauge.builder("flashsale.audit.last.success.timestamp", at, TimeUnit.SECONDS)
                .description("When a check of the books last came to its end, whatever it found")
                .register(registry);
    }

    /** What Prometheus gets. */
    public String scrape(MetricsFormat format) {
        reading.readLock().lock();
        try {
            return registry.scrape(format.contentType());
        } finally {
            reading.readLock().unlock();
        }
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
