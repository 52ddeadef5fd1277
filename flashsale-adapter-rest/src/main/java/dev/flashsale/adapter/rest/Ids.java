package dev.flashsale.adapter.rest;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.product.ProductId;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;

/** Ids as clients write them: in their one canonical form. Anything else names nothing that exists. */
final class Ids {

    private static final int UUID_LENGTH = 36;
    private static final int MAX_DIGITS = 19;

    private Ids() {}

    static Optional<ProductId> product(ServerRequest request) {
        return number(inPath(request), ProductId::new);
    }

    static Optional<ProductId> product(String text) {
        return number(text, ProductId::new);
    }

    static Optional<OrderId> order(ServerRequest request) {
        return number(inPath(request), OrderId::new);
    }

    static Optional<OrderId> order(String text) {
        return number(text, OrderId::new);
    }

    static Optional<HoldId> hold(ServerRequest request) {
        return hold(inPath(request));
    }

    static Optional<HoldId> hold(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(new HoldId(uuid)) : Optional.empty();
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
    }

    private static String inPath(ServerRequest request) {
        return request.path().pathParameters().get(Router.ID);
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
