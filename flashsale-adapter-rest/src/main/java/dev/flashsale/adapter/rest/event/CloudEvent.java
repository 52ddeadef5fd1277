package dev.flashsale.adapter.rest.event;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.domain.event.EventRepository;
import dev.flashsale.domain.event.KeptEvent;
import tools.jackson.core.JsonGenerator;

/**
 * How an event is written for others: CloudEvents 1.0 in JSON, structured, with the extension {@code sequence} for its number
 * among those of its subject. See github.com/cloudevents/spec, cloudevents/formats/json-format.md.
 */
public final class CloudEvent {

    public static final String MEDIA_TYPE = "application/cloudevents+json";
    public static final String TYPE_PREFIX = "dev.flashsale.";
    public static final String SUBJECT_PREFIX = "products/";

    private CloudEvent() {}

    /** A document of its own. */
    public static byte[] json(KeptEvent event, String source) {
        return Json.object(json -> write(json, event, source));
    }

    /**
     * The members of one.
     *
     * @param source in what context it happened: a URI reference
     */
    static void write(JsonGenerator json, KeptEvent event, String source) {
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("id", event.id());
        json.writeStringProperty("source", source);
        json.writeStringProperty("type", TYPE_PREFIX + event.kind().word());
        if (event.product() != EventRepository.NO_PRODUCT) {
            json.writeStringProperty("subject", SUBJECT_PREFIX + event.product());
        }
        Json.moment(json, "time", event.at());
        json.writeStringProperty("datacontenttype", "application/json");
        json.writeStringProperty("sequence", Long.toString(event.number()));
        json.writeName("data");
        json.writeRawValue(event.payload());
    }
}
