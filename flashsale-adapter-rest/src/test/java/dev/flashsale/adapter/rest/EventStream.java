package dev.flashsale.adapter.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashsale.adapter.rest.Service.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** A client of server-sent events, as the HTML standard reads them. */
final class EventStream implements AutoCloseable {

    /** One event; a comment is one without data. */
    record Event(String id, String name, String data, Optional<String> comment, Optional<Integer> retry) {}

    private final HttpRequest request;
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    private EventStream(HttpRequest request, HttpResponse<InputStream> response) {
        this.request = request;
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));
    }

    /** Fails where it does not begin as openapi.yaml says. */
    static EventStream open(Service service, String path, String... headers) throws Exception {
        EventStream stream = openUnchecked(service.client, service.request("GET", path, null, headers));
        Contract.PUBLISHED.check(stream.request, null, stream.answer());
        return stream;
    }

    static EventStream openUnchecked(HttpClient client, HttpRequest request) throws Exception {
        return new EventStream(request, client.send(request, BodyHandlers.ofInputStream()));
    }

    /** As it begins. */
    Answer answer() {
        return new Answer(response.statusCode(), "", response.headers());
    }

    /** Whatever comes next, a comment too. */
    Event next() throws IOException {
        String id = "";
        String name = "";
        StringBuilder data = new StringBuilder();
        Optional<String> comment = Optional.empty();
        Optional<Integer> retry = Optional.empty();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return new Event(id, name, data.toString(), comment, retry);
            }
            int colon = line.indexOf(':');
            String field = line.substring(0, colon);
            String value = line.substring(colon + 1).stripLeading();
            switch (field) {
                case "" -> comment = Optional.of(value);
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(value);
                case "retry" -> retry = Optional.of(Integer.valueOf(value));
                default -> throw new AssertionError("no field of an event: " + line);
            }
        }
        throw new IOException("the stream has ended: " + request.uri());
    }

    /** The next event that has data. */
    Event product() throws IOException {
        Event next = next();
        while (next.data().isEmpty()) {
            next = next();
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
