package dev.flashsale.adapter.rest.operator;

import dev.flashsale.adapter.rest.value.Ids;
import dev.flashsale.domain.InvalidValue;
import dev.flashsale.domain.hold.CustomersPosition;
import dev.flashsale.domain.hold.HoldPosition;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderPosition;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where a page ended, as text that a client hands back as it got it. It is no secret and gives nothing: what it says is
 * only where to go on.
 */
public final class Cursor<P> {

    public static final Cursor<ProductId> PRODUCT =
            new Cursor<>(1, ProductId::toString, parts -> new ProductId(Long.parseLong(parts[0])));
    public static final Cursor<OrderId> ORDER =
            new Cursor<>(1, OrderId::toString, parts -> new OrderId(Long.parseLong(parts[0])));
    /** Of a list that goes by numbers of its own, 1 or more. */
    public static final Cursor<Long> NUMBER =
            new Cursor<>(1, number -> Long.toString(number), parts -> positive(Long.parseLong(parts[0])));

    public static final Cursor<HoldPosition> HOLD_POSITION = new Cursor<>(
            3,
            position -> micros(position.expiresAt()) + " " + position.quantity() + " " + position.id(),
            parts -> new HoldPosition(
                    instant(parts[0]),
                    new Quantity(Integer.parseInt(parts[1])),
                    Ids.hold(parts[2]).orElseThrow(IllegalArgumentException::new)));
    public static final Cursor<CustomersPosition> CUSTOMERS_POSITION = new Cursor<>(
            2,
            position -> position.productId() + " " + position.id(),
            parts -> new CustomersPosition(
                    new ProductId(Long.parseLong(parts[0])),
                    Ids.hold(parts[1]).orElseThrow(IllegalArgumentException::new)));
    public static final Cursor<OrderPosition> ORDER_POSITION = new Cursor<>(
            3,
            position -> micros(position.paymentDeadline()) + " " + position.quantity() + " " + position.id(),
            parts -> new OrderPosition(
                    instant(parts[0]),
                    new Quantity(Integer.parseInt(parts[1])),
                    new OrderId(Long.parseLong(parts[2]))));

    private static final Pattern PARTS = Pattern.compile(" ");
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000;

    private final int length;
    private final Function<P, String> text;
    private final Function<String[], P> position;

    private Cursor(int length, Function<P, String> text, Function<String[], P> position) {
        this.length = length;
        this.text = text;
        this.position = position;
    }

    /** For a client, about where a page ended. */
    public String write(P end) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.apply(end).getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes what {@link #write} makes of something, and refuses anything else with an {@link InvalidValue}. */
    P read(String cursor) {
        try {
            String[] parts =
                    PARTS.split(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII), -1);
            if (parts.length == length) {
                P end = position.apply(parts);
                if (write(end).equals(cursor)) {
                    return end;
                }
            }
        } catch (IllegalArgumentException noCursor) {
            // As below.
        }
        throw new InvalidValue("after", "must be the next of a page of this list");
    }

    private static long positive(long number) {
        if (number < 1) {
            throw new IllegalArgumentException("no number of a list: " + number);
        }
        return number;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(String text) {
        long micros = Long.parseLong(text);
        if (micros < 0 || micros > END_OF_TIME) {
            throw new IllegalArgumentException("no time of a database: " + text);
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
