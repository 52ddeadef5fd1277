package dev.flashsale.adapter.rest.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes problem documents of what the server refuses before, or beside, a route. */
public final class ProtocolProblems implements DirectHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(ProtocolProblems.class);

    /** Helidon tells it by its message alone from what is no HTTP. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    private final Cors cors;

    private ProtocolProblems(Cors cors) {
        this.cors = cors;
    }

    /** For everything that the server refuses. */
    public static DirectHandlers handlers(Cors cors) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, new ProtocolProblems(cors));
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Problem problem = HEADERS_TOO_LARGE.equals(message) ? Problem.HEADERS_TOO_LARGE : Problem.ofProtocol(status);
        headers.set(Answer.PROBLEM_JSON);
        headers.set(Answer.NO_STORE);
        SecurityHeaders.on(headers);
        boolean unused = cors.on(request.headers(), headers);
        TransportResponse.Builder response =
                TransportResponse.builder().status(problem.status()).headers(headers);
        return request.method().equals("HEAD")
                ? response.build()
                : response.entity(document(problem).json()).build();
    }

    private static ProblemDocument document(Problem problem) {
        if (problem != Problem.INTERNAL_ERROR) {
            return ProblemDocument.of(problem, problem.title() + ".");
        }
        String incident = UUID.randomUUID().toString();
        LOGGER.error("Incident {}: the HTTP server failed; it logs why beside this line", incident);
        return ProblemDocument.internalError(incident);
    }
}
