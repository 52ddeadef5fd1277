package dev.flashsale.adapter.jdbc.micrometer;

import dev.flashsale.application.ProductPieces;
import dev.flashsale.domain.product.ProductId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the pieces of products are, as they were last read, and when that was. What is too old to be shown is NaN. Thread-safe. */
public final class ProductMeters {

    /** Far longer than a reading takes and the time between two. */
    private static final Duration SHOWN_FOR = Duration.ofMinutes(1);

    private static final Map<String, ToDoubleFunction<ProductPieces>> STATES = Map.of(
            "available", ProductPieces::available,
            "held", ProductPieces::held,
            "pending", ProductPieces::pending,
            "paid", ProductPieces::paid);

    private record Reading(Instant at, Map<ProductId, ProductPieces> pieces) {}

    private final InstantSource clock;
    private final MultiGauge pieces;
    private final MultiGauge totals;
    private volatile @Nullable Reading last;

    /**
     * Makes the meters; nothing is shown yet.
     *
     * @param looked called where somebody looks at when the pieces were read: it may have them read, beside itself
     */
    public ProductMeters(MeterRegistry registry, Consumer<ProductMeters> looked) {
        clock = () -> Instant.ofEpochMilli(registry.config().clock().wallTime());
        pieces = MultiGauge.builder("flashsale.product.pieces")
                .description("The pieces of a product, by where they are; together its stock")
                .register(registry);
        totals = MultiGauge.builder("flashsale.product.stock")
                .description("The pieces of a product that were put on sale")
                .register(registry);
        Supplier<Number> at = () -> {
            looked.accept(this);
            Reading reading = last;
            return reading == null ? Double.NaN : reading.at().toEpochMilli() / 1000.0;
        };
        TimeGauge.builder("flashsale.product.pieces.timestamp", at, TimeUnit.SECONDS)
                .description("When the pieces of products were last read")
                .register(registry);
    }

    /** These and no others are shown from now on. */
    public void show(List<ProductPieces> read) {
        last = new Reading(
                clock.instant(),
                read.stream().collect(Collectors.toMap(ProductPieces::productId, Function.identity())));
        rows(read);
    }

    /** Nothing is shown until something is read again; when it last was stays as it is. */
    public void hide() {
        rows(List.of());
    }

    /** Known rows stay as they are, and find what is new by themselves. */
    private void rows(List<ProductPieces> read) {
        pieces.register(
                read.stream()
                        .<Row<?>>mapMulti((product, rows) -> STATES.forEach((state, count) ->
                                rows.accept(row(product.productId(), Tags.of("state", state), count))))
                        .toList(),
                false);
        totals.register(
                read.stream()
                        .<Row<?>>map(product -> row(product.productId(), Tags.empty(), ProductPieces::total))
                        .toList(),
                false);
    }

    private Row<?> row(ProductId product, Tags more, ToDoubleFunction<ProductPieces> count) {
        Supplier<Number> now = () -> Stream.ofNullable(last)
                .filter(reading -> reading.at().plus(SHOWN_FOR).isAfter(clock.instant()))
                .flatMap(reading -> Stream.ofNullable(reading.pieces().get(product)))
                .mapToDouble(count)
                .findFirst()
                .orElse(Double.NaN);
        return Row.of(more.and("product", product.toString()), now);
    }
}
