package dev.flashsale.adapter.rest.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flashsale.adapter.rest.http.Revalidation;
import dev.flashsale.application.ProductView;
import java.io.ByteArrayOutputStream;

/**
 * A product as it was read once, and the event that tells of it, made once for all listeners.
 *
 * @param tag what changes with the event; of two that are equal on any server it is the same
 * @param event all of it but its id
 * @param eventAlone all of it, for who listens to this product alone
 */
@SuppressWarnings("ArrayRecordComponent") // No two are compared.
record Snapshot(ProductView view, String tag, byte[] event, byte[] eventAlone) {

    /** 48 bits: of a trillion changes one may go unnoticed. */
    private static final int TAG_LENGTH = 8;

    /** @param json the data, without a line break */
    static Snapshot of(ProductView view, byte[] json) {
        String tag = Revalidation.etag(json).substring(1, 1 + TAG_LENGTH);
        byte[] event = joined("event: product\ndata: ".getBytes(UTF_8), json, "\n\n".getBytes(UTF_8));
        return new Snapshot(view, tag, event, joined(id(tag), event));
    }

    /** The line of an event that says what its listener knows now. */
    static byte[] id(String tags) {
        return ("id: " + tags + "\n").getBytes(UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
