package dev.flashsale.domain.hold;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A hold's identity: whoever knows it may order or release the hold, so it is unguessable. Ordered as the database
 * orders it, byte by byte: holds are locked in this order.
 */
public record HoldId(UUID value) implements Comparable<HoldId> {

    private static final long RANDOM_12_BITS = 0xFFFL;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_62_BITS = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /**
     * A UUID of version 7 (RFC 9562, section 5.7): 48 bits of time, so that holds made together lie together in the
     * index, then 74 random bits.
     *
     * @param epochMilli places it in the index and decides nothing
     * @param random must be cryptographically strong
     */
    public static HoldId timeOrdered(long epochMilli, RandomGenerator random) {
        long high = (epochMilli << 16) | VERSION_7 | (random.nextLong() & RANDOM_12_BITS);
        return new HoldId(new UUID(high, VARIANT | (random.nextLong() & RANDOM_62_BITS)));
    }

    /**
     * Whether this id was certainly made after a moment. An id of another version does not tell.
     *
     * @param epochMilli by the clock that made the id
     */
    public boolean madeAfter(long epochMilli) {
        return value.version() == 7 && value.getMostSignificantBits() >>> 16 > epochMilli;
    }

    @Override
    public int compareTo(HoldId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
