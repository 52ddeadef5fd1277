package dev.flashsale.adapter.rest;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * A route that is not entered while nobody would be let in: most of a crowd is refused before its body is parsed, which
 * costs the server a fifth less than to parse and then refuse. It takes no place, since whoever sends slowly would
 * keep it; the call that follows does, and may be refused as well.
 */
final class Shedding implements Handler {

    private final Admission admission;
    private final Handler route;

    Shedding(Admission admission, Handler route) {
        this.admission = admission;
        this.route = route;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        if (admission.hasRoom()) {
            route.handle(request, response);
        } else {
            admission.turnedAway();
            Reply.busy(request, response, Admission.COME_BACK_AFTER);
        }
    }
}
