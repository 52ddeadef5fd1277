package dev.flashsale.adapter.rest.http;

import dev.flashsale.adapter.rest.connection.ClientAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each answer: who asked for what, what it was answered, and how long that took. The query is left out, for it
 * says which hold is whose. The fields are those of the Elastic Common Schema.
 */
public final class AccessLog {

    private static final Logger LOGGER = LoggerFactory.getLogger("dev.flashsale.access");
    private static final int NANOS_PER_MICRO = 1000;

    /** Whom a log must not remember who is to be forgotten. */
    private static final String CUSTOMERS = "/api/customers/";

    private final ClientAddresses addresses;

    public AccessLog(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    /** @param nanos from when the headers were there until the answer was sent */
    void answered(Request request, int status, long bytes, long nanos) {
        if (!LOGGER.isInfoEnabled()) {
            return;
        }
        String client = addresses.name(request.peer(), request.headers());
        String method = request.method().text();
        String path = request.path().startsWith(CUSTOMERS) ? CUSTOMERS + "…" : request.path();
        LOGGER.atInfo()
                .addKeyValue("client.ip", client)
                .addKeyValue("http.request.method", method)
                .addKeyValue("url.path", path)
                .addKeyValue("http.response.status_code", status)
                .addKeyValue("http.response.body.bytes", bytes)
                .addKeyValue("event.duration", nanos)
                .log(client + " \"" + method + " " + path + "\" " + status + " " + bytes + " B "
                        + nanos / NANOS_PER_MICRO + " us");
    }
}
