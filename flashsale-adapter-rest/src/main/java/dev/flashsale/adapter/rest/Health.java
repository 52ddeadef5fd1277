package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.Probes.LastAudit;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health}. Live: the server answers. Ready: its database does, too. {@code /health} itself is for people: up, or
 * degraded where the last check of the books found something, which is no reason to take buyers elsewhere.
 */
final class Health {

    private static final Logger LOGGER = LoggerFactory.getLogger(Health.class);
    private static final byte[] UP = Representation.status("up");

    private final BooleanSupplier databaseReady;
    private final Supplier<Optional<LastAudit>> audit;

    Health(Probes probes) {
        databaseReady = probes.databaseReady();
        audit = probes.audit();
    }

    void view(ServerRequest request, ServerResponse response) {
        if (isDatabaseReady()) {
            Reply.json(request, response, Status.OK_200, Representation.of(audit.get()));
        } else {
            notReady(request, response);
        }
    }

    void live(ServerRequest request, ServerResponse response) {
        Reply.json(request, response, Status.OK_200, UP);
    }

    void ready(ServerRequest request, ServerResponse response) {
        if (isDatabaseReady()) {
            Reply.json(request, response, Status.OK_200, UP);
        } else {
            notReady(request, response);
        }
    }

    private static void notReady(ServerRequest request, ServerResponse response) {
        Reply.problem(
                request,
                response,
                ProblemDocument.retryable(Problem.NOT_READY, "The database does not answer.", Duration.ofSeconds(1)));
    }

    private boolean isDatabaseReady() {
        try {
            return databaseReady.getAsBoolean();
        } catch (RuntimeException e) {
            LOGGER.warn("The database could not be asked whether it is ready", e);
            return false;
        }
    }
}
