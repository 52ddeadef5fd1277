package dev.flashsale.adapter.rest.hold;

import dev.flashsale.adapter.rest.http.Json;
import dev.flashsale.adapter.rest.order.OrderJson;
import dev.flashsale.adapter.rest.value.ItemsJson;
import dev.flashsale.application.HoldView;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.stock.Lines;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** A hold, with the order that it has become. */
final class HoldJson {

    private HoldJson() {}

    static byte[] of(HoldOutcome.Placed hold) {
        return active(hold.holdId(), hold.lines(), hold.expiresAt());
    }

    static byte[] of(HoldOutcome.AlreadyHeld hold) {
        return active(hold.holdId(), hold.lines(), hold.expiresAt());
    }

    private static byte[] active(HoldId id, Lines lines, Instant expiresAt) {
        return Json.object(json -> {
            json.writeStringProperty("hold_id", id.toString());
            ItemsJson.write(json, lines);
            write(json, HoldStatus.ACTIVE, expiresAt);
        });
    }

    static byte[] of(Hold hold, HoldStatus status) {
        return Json.object(json -> write(json, hold, status));
    }

    /** One that is valid. */
    static byte[] of(ActiveHold hold, int extensionsLeft) {
        return Json.object(json -> {
            write(json, hold, HoldStatus.ACTIVE);
            writeExtensionsLeft(json, extensionsLeft);
        });
    }

    static byte[] of(HoldView view) {
        return Json.object(json -> {
            write(json, view.hold(), view.status());
            if (view.status() == HoldStatus.ACTIVE) {
                writeExtensionsLeft(json, view.extensionsLeft());
            }
            writeOrder(json, view);
        });
    }

    private static void writeOrder(JsonGenerator json, HoldView view) {
        view.order().ifPresent(order -> {
            json.writeObjectPropertyStart("order");
            OrderJson.write(json, order);
            json.writeEndObject();
        });
    }

    /** With the customer, and the order that it has become. */
    static void writeWithCustomer(JsonGenerator json, HoldView view) {
        writeWithCustomer(json, view.hold(), view.status());
        writeOrder(json, view);
    }

    /** With the customer, if one was named. */
    static void writeWithCustomer(JsonGenerator json, Hold hold, HoldStatus status) {
        write(json, hold, status);
        if (hold.customerId() != null) {
            json.writeStringProperty("customer_id", hold.customerId().value());
        }
    }

    private static void writeExtensionsLeft(JsonGenerator json, int left) {
        json.writeNumberProperty("extensions_left", left);
    }

    private static void write(JsonGenerator json, Hold hold, HoldStatus status) {
        json.writeStringProperty("hold_id", hold.id().toString());
        ItemsJson.write(json, hold.lines());
        write(json, status, hold.expiresAt());
    }

    private static void write(JsonGenerator json, HoldStatus status, Instant expiresAt) {
        json.writeStringProperty("status", Json.word(status));
        Json.moment(json, "expires_at", expiresAt);
    }
}
