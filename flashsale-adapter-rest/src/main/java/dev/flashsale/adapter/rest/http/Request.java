package dev.flashsale.adapter.rest.http;

import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a client asks, as routes and filters see it. */
public final class Request {

    private static final String ID = "id";

    private final ServerRequest http;
    private final ServerResponseHeaders ofEveryAnswer;

    Request(ServerRequest http, ServerResponseHeaders ofEveryAnswer) {
        this.http = http;
        this.ofEveryAnswer = ofEveryAnswer;
    }

    public Method method() {
        return http.prologue().method();
    }

    /** As it was written. */
    public String path() {
        return http.path().rawPath();
    }

    /** What stands in the path for {@code {id}}. */
    public String id() {
        return http.path().pathParameters().get(ID);
    }

    /** A parameter of the query; one that is empty is none. */
    public Optional<String> query(String name) {
        return http.query().first(name).asOptional().filter(Predicate.not(String::isEmpty));
    }

    /** {@link Refused} if the query has a parameter that is none of these. */
    void requireQueryOf(Set<String> taken) {
        for (String name : http.query().names()) {
            if (!taken.contains(name)) {
                throw Refused.unknown(name, "parameter", taken);
            }
        }
    }

    public Headers headers() {
        return http.headers();
    }

    /** Who is at the other end of the connection. */
    public SocketAddress peer() {
        return http.remotePeer().address();
    }

    /** The body as JSON, or {@link Refused}. */
    public JsonBody json(Set<String> wanted) {
        RequestBody.requireJson(headers());
        return JsonBody.parse(body(), wanted);
    }

    /** The same, where a field that would be ignored is refused instead. */
    public JsonBody onlyJson(Set<String> taken) {
        RequestBody.requireJson(headers());
        return JsonBody.parse(body(), null).onlyWith(taken);
    }

    /** The same of a body that was looked at before. */
    public JsonBody json(byte[] body, Set<String> wanted) {
        RequestBody.requireJson(headers());
        return JsonBody.parse(body, wanted);
    }

    /** The body as it came. */
    public byte[] body() {
        return RequestBody.bytes(http);
    }

    /** What the answer will have, whichever it is, and even if it is the server's own. */
    public ServerResponseHeaders ofEveryAnswer() {
        return ofEveryAnswer;
    }
}
