package dev.flashsale.adapter.rest.connection;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;

/** Reads a certificate and its key from files in PEM. */
public final class TlsFiles {

    private static final byte[] ANYTHING = {1, 2, 3};

    private TlsFiles() {}

    /** The two of them; throws an {@link IllegalArgumentException} that says which one is wrong, and how. */
    public static Tls read(Path certificate, Path key) {
        List<X509Certificate> chain = keys(
                        certificate, "certificate", pem -> pem.pem(of -> of.certChain(Resource.create(certificate))))
                .certChain();
        PrivateKey secret = keys(key, "private key", pem -> pem.pem(of -> of.key(Resource.create(key))))
                .privateKey()
                .orElseThrow();
        if (!belong(chain.getFirst().getPublicKey(), secret)) {
            throw new IllegalArgumentException(
                    "the key of " + key + " does not belong to the certificate of " + certificate);
        }
        return Tls.builder().privateKey(secret).privateKeyCertChain(chain).build();
    }

    private static Keys keys(Path file, String what, Consumer<Keys.Builder> of) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(file + " may not be read");
        }
        try {
            Keys.Builder keys = Keys.builder();
            of.accept(keys);
            return keys.build();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + " has no " + what + " in PEM", e);
        }
    }

    /** Whether the one verifies what the other has signed. */
    private static boolean belong(PublicKey open, PrivateKey secret) {
        if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature =
                    Signature.getInstance(open.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(secret);
            signature.update(ANYTHING);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
