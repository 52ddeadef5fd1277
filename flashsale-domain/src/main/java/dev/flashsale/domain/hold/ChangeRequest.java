package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Lines;
import dev.flashsale.domain.stock.Quantity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A wish that a hold be of something else. It says what shall be and not by how much it differs, so it is safe to repeat.
 *
 * @param lines all that it shall be of; null where the quantity says it
 * @param quantity of its only product; null where the lines say it
 */
public record ChangeRequest(
        HoldId holdId, @Nullable Lines lines, @Nullable Quantity quantity) {

    public ChangeRequest {
        if ((lines == null) == (quantity == null)) {
            throw new IllegalArgumentException(
                    "a hold is changed to lines or to a quantity, was " + lines + " and " + quantity);
        }
    }

    /** To these lines, whatever it was of. */
    public ChangeRequest(HoldId holdId, Lines lines) {
        this(holdId, lines, null);
    }

    /** To that many pieces of its only product. */
    public ChangeRequest(HoldId holdId, Quantity quantity) {
        this(holdId, null, quantity);
    }

    /** What that hold would be of; nothing if it is of several products and only a quantity is wished for. */
    public Optional<Lines> linesFor(Hold hold) {
        if (quantity == null) {
            return Optional.ofNullable(lines);
        }
        return hold.lines().count() == 1
                ? Optional.of(Lines.of(hold.lines().first().productId(), quantity))
                : Optional.empty();
    }
}
