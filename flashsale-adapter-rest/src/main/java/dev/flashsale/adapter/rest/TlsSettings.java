package dev.flashsale.adapter.rest;

import dev.flashsale.adapter.rest.connection.TlsFiles;
import io.helidon.common.tls.Tls;
import java.nio.file.Path;

/**
 * By what the server is known to its clients, in PEM. The files are read here, to tell what is wrong with them, and again by
 * each server that starts.
 *
 * @param certificate the server's own first, then those of who signed it
 * @param key the private key that belongs to it, without a password
 */
public record TlsSettings(Path certificate, Path key) {

    /** Refuses with an {@link IllegalArgumentException} files that are not there, no PEM, or do not belong together. */
    public TlsSettings {
        Tls unused = TlsFiles.read(certificate, key);
    }
}
