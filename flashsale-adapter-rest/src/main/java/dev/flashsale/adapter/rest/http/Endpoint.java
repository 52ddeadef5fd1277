package dev.flashsale.adapter.rest.http;

import dev.flashsale.adapter.rest.AnswerListener;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Where Helidon hands a request over: it has the route answer, sends that, and tells of it and of how long it took. */
public final class Endpoint implements Handler {

    private static final int FAILED = 500;

    private final Route route;
    private final AnswerListener.OfRoute listener;
    private final LongSupplier nanoTime;
    private final @Nullable AccessLog log;

    /** @param log where every answer is written down, if anywhere */
    public Endpoint(Route route, AnswerListener.OfRoute listener, LongSupplier nanoTime, @Nullable AccessLog log) {
        this.route = route;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long begun = nanoTime.getAsLong();
        Request asked = new Request(request, response.headers());
        asked.begin();
        try {
            Answer answer = route.answer(asked);
            int status = answer.status().code();
            if (status >= FAILED) {
                // Who asks for help with it can say which one it was.
                response.header(HeaderValues.create(TraceContext.REQUEST_ID, asked.name()));
            }
            Streamed streamed = answer.streamed();
            if (streamed == null) {
                int bytes = send(request, response, answer);
                long took = nanoTime.getAsLong() - begun;
                listener.answered(status, took);
                log(asked, status, bytes, took);
            } else {
                stream(request, response, answer, streamed, asked, begun);
            }
        } finally {
            asked.end();
        }
    }

    /** The listener is told when it begins, for it takes as long as the client likes; the log when it is over. */
    private void stream(
            ServerRequest request,
            ServerResponse response,
            Answer answer,
            Streamed streamed,
            Request asked,
            long begun) {
        int status = answer.status().code();
        try (streamed) {
            if (asked.method().equals(Method.HEAD)) {
                int unused = send(request, response, answer);
                listener.answered(status, nanoTime.getAsLong() - begun);
            } else {
                if (!asked.isOfHttp2()) {
                    response.header(HeaderValues.CONNECTION_CLOSE);
                }
                begin(request, response, answer);
                listener.answered(status, nanoTime.getAsLong() - begun);
                try (OutputStream out = response.outputStream()) {
                    streamed.writeTo(out);
                }
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the client takes no more", e);
        } finally {
            log(asked, status, response.bytesWritten(), nanoTime.getAsLong() - begun);
        }
    }

    private void log(Request asked, int status, long bytes, long took) {
        if (log != null) {
            log.answered(asked, status, bytes, took);
        }
    }

    /** A HEAD request gets the headers of the answer to GET, and no body. Says how long the body was. */
    private static int send(ServerRequest request, ServerResponse response, Answer answer) {
        begin(request, response, answer);
        byte[] body = answer.body();
        if (body.length > 0 && request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
            body = Answer.NOTHING;
        }
        response.send(body);
        return body.length;
    }

    private static void begin(ServerRequest request, ServerResponse response, Answer answer) {
        for (Header header : answer.headers()) {
            response.header(header);
        }
        if (request.content().hasEntity() && !request.continueSent() && !Request.isOfHttp2(request)) {
            // The client was not told to go on with its body; whether it does is not known, so nothing may follow.
            response.header(HeaderValues.CONNECTION_CLOSE);
        } else if (!request.content().consumed()) {
            RequestBody.discard(request);
        }
        response.status(answer.status());
    }
}
