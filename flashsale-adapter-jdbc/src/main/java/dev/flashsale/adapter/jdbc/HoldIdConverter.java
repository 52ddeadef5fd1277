package dev.flashsale.adapter.jdbc;

import dev.flashsale.domain.hold.HoldId;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** A hold id as 16 bytes, the most significant first. */
public final class HoldIdConverter extends AbstractConverter<byte[], HoldId> {

    public HoldIdConverter() {
        super(byte[].class, HoldId.class);
    }

    @Override
    public @Nullable HoldId from(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new HoldId(new UUID(buffer.getLong(), buffer.getLong()));
    }

    @Override
    public byte @Nullable [] to(@Nullable HoldId id) {
        return id == null
                ? null
                : ByteBuffer.allocate(16)
                        .putLong(id.value().getMostSignificantBits())
                        .putLong(id.value().getLeastSignificantBits())
                        .array();
    }
}
