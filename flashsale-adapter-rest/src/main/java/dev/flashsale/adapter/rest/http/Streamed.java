package dev.flashsale.adapter.rest.http;

import java.io.IOException;
import java.io.OutputStream;

/** The body of an answer that is written while it comes about, for as long as it pleases. */
public interface Streamed extends AutoCloseable {

    /**
     * Writes until it is over.
     *
     * @throws IOException if the client takes no more
     */
    void writeTo(OutputStream out) throws IOException;

    /** It is no longer wanted; called once, whether it was written or not. */
    @Override
    void close();
}
