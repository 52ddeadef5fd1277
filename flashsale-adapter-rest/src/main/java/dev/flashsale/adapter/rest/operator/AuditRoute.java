package dev.flashsale.adapter.rest.operator;

import dev.flashsale.adapter.rest.admission.Admission;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.application.Audits;
import dev.flashsale.application.port.AuditReport.Conservation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /api/audit}: whether the pieces of every product add up, and what to do where they do not, for operators. One
 * check runs at a time, and whoever asks within {@link #GOOD_FOR} of it is told the same.
 */
public final class AuditRoute {

    static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private record Check(Instant at, long nanos, List<Conservation> wrong) {}

    private final Audits audits;
    private final Admission places;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock one = new ReentrantLock();
    private @Nullable Check last;

    public AuditRoute(Audits audits, Admission places, InstantSource clock, LongSupplier nanoTime) {
        this.audits = audits;
        this.places = places;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    public Answer check(Request request) {
        Check check = places.admit(this::checked);
        return Answer.ok(Json.object(json -> {
            Json.moment(json, "at", check.at());
            json.writeBooleanProperty("ok", check.wrong().isEmpty());
            Json.array(json, "products", check.wrong(), AuditRoute::write);
        }));
    }

    private Check checked() {
        one.lock();
        try {
            Check known = last;
            if (known != null && nanoTime.getAsLong() - known.nanos() < GOOD_FOR.toNanos()) {
                return known;
            }
            List<Conservation> wrong = audits.checkConservation();
            Check check = new Check(clock.instant(), nanoTime.getAsLong(), wrong);
            last = check;
            return check;
        } finally {
            one.unlock();
        }
    }

    private static void write(JsonGenerator json, Conservation wrong) {
        json.writeNumberProperty("product_id", wrong.productId().value());
        json.writeNumberProperty("stock", wrong.total());
        json.writeNumberProperty("available", wrong.available());
        json.writeNumberProperty("held", wrong.held());
        json.writeNumberProperty("pending", wrong.pending());
        json.writeNumberProperty("paid", wrong.paid());
        json.writeNumberProperty("due", wrong.due());
        json.writeStringProperty("to_do", wrong.due() < 0 ? "raise_stock_or_give_back" : "repair");
    }
}
