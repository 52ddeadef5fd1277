package dev.flashsale.adapter.jdbc.boot;

import dev.flashsale.adapter.jdbc.pool.Readiness;
import dev.flashsale.application.FlashsaleVersion;
import dev.flashsale.application.port.AuditReport.Conservation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a sale is well: its database takes changes, which is asked each time, and its books added up when they were last
 * checked.
 */
final class SaleHealth {

    private static final Logger LOG = LoggerFactory.getLogger(SaleHealth.class);
    private static final Duration WAITED_FOR = Duration.ofMillis(500);

    private final Readiness readiness;
    private final Supplier<List<Conservation>> books;
    private final Optional<ReadWhenAsked<Integer>> violations;

    /**
     * @param books the products that do not add up
     * @param interval how old a check may be; 0 to check nothing
     */
    SaleHealth(Readiness readiness, Supplier<List<Conservation>> books, Duration interval) {
        this.readiness = readiness;
        this.books = books;
        violations = interval.isZero()
                ? Optional.empty()
                : Optional.of(new ReadWhenAsked<>("Whether every product adds up", interval, System::nanoTime));
    }

    private int count() {
        List<Conservation> wrong = books.get();
        wrong.forEach(product -> LOG.error(product.inWords()));
        return wrong.size();
    }

    enum Status {
        UP,
        /** The books do not add up: for people to look at, and no reason to take buyers elsewhere. */
        DEGRADED,
        DOWN
    }

    /** @param details for people */
    record State(Status status, Map<String, Object> details) {}

    State now() {
        Map<String, Object> details = new LinkedHashMap<>();
        Optional<String> whyNot = readiness.whyNot();
        details.put("version", FlashsaleVersion.current());
        details.put("database", whyNot.orElse("takes changes"));
        Optional<Integer> wrong =
                whyNot.isPresent() ? Optional.empty() : violations.flatMap(last -> last.get(this::count, WAITED_FOR));
        wrong.ifPresent(count -> details.put("violations", count));
        Status status = whyNot.isPresent()
                ? Status.DOWN
                : wrong.filter(count -> count > 0).isPresent() ? Status.DEGRADED : Status.UP;
        return new State(status, details);
    }
}
