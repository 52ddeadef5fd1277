package dev.flashsale.adapter.rest.http;

import dev.flashsale.adapter.rest.AnswerListener;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.LongSupplier;

/** Where Helidon hands a request over: it has the route answer, sends that, and tells of it and of how long it took. */
public final class Endpoint implements Handler {

    private final Route route;
    private final AnswerListener.OfRoute listener;
    private final LongSupplier nanoTime;

    public Endpoint(Route route, AnswerListener.OfRoute listener, LongSupplier nanoTime) {
        this.route = route;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long begun = nanoTime.getAsLong();
        Answer answer = route.answer(new Request(request, response.headers()));
        send(request, response, answer);
        listener.answered(answer.status().code(), nanoTime.getAsLong() - begun);
    }

    /** A HEAD request gets the headers of the answer to GET, and no body. */
    private static void send(ServerRequest request, ServerResponse response, Answer answer) {
        for (Header header : answer.headers()) {
            response.header(header);
        }
        if (request.content().hasEntity() && !request.continueSent()) {
            // The client was not told to go on with its body; whether it does is not known, so nothing may follow.
            response.header(HeaderValues.CONNECTION_CLOSE);
        } else if (!request.content().consumed()) {
            RequestBody.discard(request);
        }
        response.status(answer.status());
        byte[] body = answer.body();
        if (body.length > 0 && request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.length));
            body = Answer.NOTHING;
        }
        response.send(body);
    }
}
