package dev.flashsale.application.memory;

import dev.flashsale.domain.hold.HoldId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Makes hold ids: unguessable, and placed together in the index when made together. Knows its own again, and when it made
 * them, whatever the clocks of others say. Thread-safe.
 */
public final class HoldIds {

    /** The system's generator costs a call of the kernel each time, so it is asked for many numbers at once. */
    private static final int BLOCK_BYTES = 4096;

    private static final long MARK = 0xFFFL;
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer left = ByteBuffer.wrap(block).limit(0);
    private final RandomGenerator fromBlock = this::nextLong;
    private final long secret = random.nextLong();
    private final LongSupplier epochMilli;
    private long lastMilli;

    public HoldIds() {
        this(System::currentTimeMillis);
    }

    HoldIds(LongSupplier epochMilli) {
        this.epochMilli = epochMilli;
    }

    /** The node's clock is good enough here: it places the id in the index and decides nothing. */
    public synchronized HoldId next() {
        UUID id = HoldId.timeOrdered(now(), fromBlock).value();
        return new HoldId(new UUID((id.getMostSignificantBits() & ~MARK) | mark(id), id.getLeastSignificantBits()));
    }

    /** By the clock that the ids are made by, which never goes back. */
    synchronized long now() {
        lastMilli = Math.max(lastMilli, epochMilli.getAsLong());
        return lastMilli;
    }

    /** Whether it made this id, and after that moment. Of those made by others, it takes one of 4,096 for its own. */
    boolean madeAfter(HoldId id, long now) {
        UUID value = id.value();
        return id.madeAfter(now) && (value.getMostSignificantBits() & MARK) == mark(value);
    }

    private long mark(UUID id) {
        long mixed = (id.getLeastSignificantBits() ^ secret) * ODD;
        return ((mixed ^ (mixed >>> 29) ^ (id.getMostSignificantBits() >>> 16)) * ODD) >>> 52;
    }

    private long nextLong() {
        if (!left.hasRemaining()) {
            random.nextBytes(block);
            left.clear();
        }
        return left.getLong();
    }
}
