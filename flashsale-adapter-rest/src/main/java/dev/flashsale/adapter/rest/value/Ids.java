package dev.flashsale.adapter.rest.value;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.webhook.EndpointId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/** Ids as clients write them: numbers without signs and zeros before them, UUIDs in either case. Anything else names nothing that exists. */
public final class Ids {

    private static final int UUID_LENGTH = 36;
    private static final int MAX_DIGITS = 19;

    private Ids() {}

    public static Optional<ProductId> product(String text) {
        return number(text, ProductId::new);
    }

    public static Optional<OrderId> order(String text) {
        return number(text, OrderId::new);
    }

    public static Optional<EndpointId> endpoint(String text) {
        return number(text, EndpointId::new);
    }

    public static Optional<HoldId> hold(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equalsIgnoreCase(text) ? Optional.of(new HoldId(uuid)) : Optional.empty();
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> number(String text, LongFunction<T> id) {
        boolean canonical = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.charAt(0) != '0'
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        try {
            return canonical ? Optional.of(id.apply(Long.parseLong(text))) : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
