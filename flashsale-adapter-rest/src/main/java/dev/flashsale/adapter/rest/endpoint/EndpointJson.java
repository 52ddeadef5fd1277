package dev.flashsale.adapter.rest.endpoint;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.operator.Pages;
import dev.flashsale.domain.event.EventKind;
import dev.flashsale.domain.webhook.Delivery;
import dev.flashsale.domain.webhook.Endpoint;
import tools.jackson.core.JsonGenerator;

/** Endpoints and deliveries as they are shown. */
final class EndpointJson {

    static final String URL = "url";
    static final String KINDS = "kinds";
    static final String ENABLED = "enabled";

    private EndpointJson() {}

    /** Without its secret. */
    static void write(JsonGenerator json, Endpoint endpoint) {
        json.writeNumberProperty("id", endpoint.id().value());
        json.writeStringProperty(URL, endpoint.url().toString());
        json.writeArrayPropertyStart(KINDS);
        endpoint.kinds().stream().map(EventKind::word).forEach(json::writeString);
        json.writeEndArray();
        json.writeBooleanProperty(ENABLED, endpoint.isEnabled());
        if (endpoint.disabledWhy() != null) {
            json.writeStringProperty("disabled_why", endpoint.disabledWhy());
        }
        Json.moment(json, "created_at", endpoint.createdAt());
        if (endpoint.failingSince() != null) {
            Json.moment(json, "failing_since", endpoint.failingSince());
        }
    }

    /** For the one answer that shows it. */
    static void writeWithSecret(JsonGenerator json, Endpoint endpoint) {
        write(json, endpoint);
        json.writeStringProperty("secret", endpoint.secret().text());
    }

    static void write(JsonGenerator json, Delivery delivery) {
        json.writeStringProperty("event_id", delivery.eventId());
        json.writeStringProperty("kind", delivery.kind().word());
        json.writeNumberProperty(Pages.PRODUCT_ID, delivery.product());
        json.writeNumberProperty("number", delivery.number());
        json.writeStringProperty(Pages.STATUS, Json.word(delivery.status()));
        json.writeNumberProperty("attempts", delivery.attempts());
        json.writeNumberProperty("http_status", delivery.httpStatus());
        json.writeStringProperty("answer", delivery.answer());
        json.writeNumberProperty("took_ms", delivery.took().toMillis());
        Json.moment(json, "at", delivery.at());
    }
}
