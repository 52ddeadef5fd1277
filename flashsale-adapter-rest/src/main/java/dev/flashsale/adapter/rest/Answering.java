package dev.flashsale.adapter.rest;

import dev.flashsale.application.port.Busy;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A route that always answers, and tells of it: what it throws becomes a problem document. */
final class Answering implements Handler {

    private static final Logger LOGGER = LoggerFactory.getLogger(Answering.class);

    private final Handler route;
    private final AnswerListener.OfRoute listener;
    private final LongSupplier nanoTime;

    Answering(Handler route, AnswerListener.OfRoute listener, LongSupplier nanoTime) {
        this.route = route;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long begun = nanoTime.getAsLong();
        answer(request, response);
        listener.answered(response.status().code(), nanoTime.getAsLong() - begun);
    }

    private void answer(ServerRequest request, ServerResponse response) {
        SecurityHeaders.on(response.headers());
        try {
            route.handle(request, response);
        } catch (Refused refused) {
            Reply.problem(request, response, refused.document());
        } catch (Busy busy) {
            Reply.busy(request, response, busy.retryAfter());
        } catch (CloseConnectionException | RequestException forTheServer) {
            // The connection is gone, or what arrives on it is no HTTP.
            throw forTheServer;
        } catch (Throwable unexpected) {
            String incident = UUID.randomUUID().toString();
            LOGGER.error(
                    "Incident {}: {} {} failed",
                    incident,
                    request.prologue().method(),
                    request.path().rawPath(),
                    unexpected);
            Reply.problem(request, response, ProblemDocument.internalError(incident));
        }
    }
}
