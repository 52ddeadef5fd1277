package dev.flashsale.adapter.rest.http;

import dev.flashsale.application.Busy;
import dev.flashsale.application.NotSetUp;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an answer, a problem document, of whatever a route throws. */
public final class ProblemFilter implements Filter {

    private static final Duration MENDED_AFTER = Duration.ofSeconds(10);
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemFilter.class);

    @Override
    public Answer answer(Request request, Route route) {
        try {
            return route.answer(request);
        } catch (Refused refused) {
            return Answer.of(refused.document());
        } catch (Busy busy) {
            return Answer.of(
                    busy.mayBeDone()
                            ? ProblemDocument.busyOrDone(busy.retryAfter())
                            : ProblemDocument.busy(busy.retryAfter()));
        } catch (NotSetUp missing) {
            // Who can mend it reads of it in the log; it is no incident of this request.
            return Answer.of(ProblemDocument.busy(MENDED_AFTER));
        } catch (CloseConnectionException | RequestException forTheServer) {
            // The connection is gone, or what arrives on it is no HTTP.
            throw forTheServer;
        } catch (Throwable unexpected) {
            String incident = UUID.randomUUID().toString();
            // So that the line has it.
            String unused = request.name();
            LOGGER.error("Incident {}: {} {} failed", incident, request.method(), request.path(), unexpected);
            return Answer.of(ProblemDocument.internalError(incident));
        }
    }
}
