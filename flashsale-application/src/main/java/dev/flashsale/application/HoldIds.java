package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Makes hold ids: unguessable, and placed together in the index when made together. Thread-safe. */
final class HoldIds {

    /** The system's generator costs a call of the kernel each time, so it is asked for many numbers at once. */
    private static final int BLOCK_BYTES = 4096;

    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer left = ByteBuffer.wrap(block).limit(0);
    private final RandomGenerator fromBlock = this::nextLong;

    /** The node's clock is good enough here: it places the id in the index and decides nothing. */
    synchronized HoldId next() {
        return HoldId.timeOrdered(System.currentTimeMillis(), fromBlock);
    }

    private long nextLong() {
        if (!left.hasRemaining()) {
            random.nextBytes(block);
            left.clear();
        }
        return left.getLong();
    }
}
