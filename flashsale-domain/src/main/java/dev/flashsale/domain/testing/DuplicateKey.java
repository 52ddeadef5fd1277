package dev.flashsale.domain.testing;

/** A fake's answer to an insert under a key that is taken, as a database would refuse it. */
public final class DuplicateKey extends RuntimeException {

    DuplicateKey(Object key) {
        super("duplicate key: " + key);
    }
}
