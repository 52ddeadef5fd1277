package dev.flashsale.adapter.rest.server;

import dev.flashsale.adapter.rest.Probes;
import dev.flashsale.adapter.rest.Probes.LastAudit;
import dev.flashsale.adapter.rest.Probes.LastFailure;
import dev.flashsale.adapter.rest.http.Answer;
import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.http.Problem;
import dev.flashsale.adapter.rest.http.ProblemDocument;
import dev.flashsale.adapter.rest.http.Request;
import dev.flashsale.application.FlashsaleVersion;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health}. Live: the server answers. Ready: its database does, too. {@code /health} itself is for people: up, or
 * degraded where the last check of the books found something or something fails again and again while everything else goes on,
 * which is no reason to take buyers elsewhere.
 */
final class HealthRoutes {

    private static final Logger LOGGER = LoggerFactory.getLogger(HealthRoutes.class);
    private static final Answer UP = Answer.ok(Json.object(json -> json.writeStringProperty("status", "up")));
    private static final Answer NOT_READY =
            Answer.of(ProblemDocument.of(Problem.NOT_READY).after(Duration.ofSeconds(1)));

    private final Probes probes;

    HealthRoutes(Probes probes) {
        this.probes = probes;
    }

    Answer view(Request request) {
        return isDatabaseReady()
                ? Answer.ok(json(probes.audit().get(), probes.failure().get()))
                : NOT_READY;
    }

    Answer live(Request request) {
        return UP;
    }

    Answer ready(Request request) {
        return isDatabaseReady() ? UP : NOT_READY;
    }

    private static byte[] json(Optional<LastAudit> audit, Optional<LastFailure> failure) {
        return Json.object(json -> {
            boolean wrong =
                    failure.isPresent() || (audit.isPresent() && audit.get().violations() > 0);
            json.writeStringProperty("status", wrong ? "degraded" : "up");
            json.writeStringProperty("database", "up");
            json.writeStringProperty("version", FlashsaleVersion.current());
            audit.ifPresent(last -> {
                json.writeObjectPropertyStart("audit");
                Json.moment(json, "at", last.at());
                json.writeNumberProperty("violations", last.violations());
                json.writeEndObject();
            });
            failure.ifPresent(last -> {
                json.writeObjectPropertyStart("failure");
                Json.moment(json, "at", last.at());
                json.writeStringProperty("what", last.what());
                json.writeStringProperty("subject", last.subject());
                json.writeEndObject();
            });
        });
    }

    private boolean isDatabaseReady() {
        try {
            return probes.databaseReady().getAsBoolean();
        } catch (RuntimeException e) {
            LOGGER.warn("The database could not be asked whether it is ready", e);
            return false;
        }
    }
}
