package dev.flashsale.adapter.rest.operator;

import dev.flashsale.adapter.rest.value.Ids;
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
public final class Cursor {

    private static final Pattern PARTS = Pattern.compile(" ");
    private static final long END_OF_TIME =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond() * 1_000_000;

    private Cursor() {}

    public static String of(ProductId id) {
        return write(id.toString());
    }

    public static String of(OrderId id) {
        return write(id.toString());
    }

    /** Of a list that goes by numbers of its own, 1 or more. */
    public static String of(long number) {
        return write(Long.toString(number));
    }

    public static String of(HoldPosition position) {
        return write(micros(position.expiresAt()) + " " + position.quantity() + " " + position.id());
    }

    public static String of(OrderPosition position) {
        return write(micros(position.paymentDeadline()) + " " + position.quantity() + " " + position.id());
    }

    public static ProductId product(String cursor) {
        return read(cursor, 1, parts -> new ProductId(Long.parseLong(parts[0])), Cursor::of);
    }

    public static OrderId order(String cursor) {
        return read(cursor, 1, parts -> new OrderId(Long.parseLong(parts[0])), Cursor::of);
    }

    public static Long number(String cursor) {
        return read(cursor, 1, parts -> positive(Long.parseLong(parts[0])), Cursor::of);
    }

    public static HoldPosition holdPosition(String cursor) {
        return read(
                cursor,
                3,
                parts -> new HoldPosition(
                        instant(parts[0]),
                        new Quantity(Integer.parseInt(parts[1])),
                        Ids.hold(parts[2]).orElseThrow(IllegalArgumentException::new)),
                Cursor::of);
    }

    public static OrderPosition orderPosition(String cursor) {
        return read(
                cursor,
                3,
                parts -> new OrderPosition(
                        instant(parts[0]),
                        new Quantity(Integer.parseInt(parts[1])),
                        new OrderId(Long.parseLong(parts[2]))),
                Cursor::of);
    }

    private static String write(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes what {@code write} makes of something, and nothing else. */
    private static <T> T read(String cursor, int length, Function<String[], T> read, Function<T, String> write) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            String[] parts = PARTS.split(text, -1);
            if (parts.length == length) {
                T value = read.apply(parts);
                if (write.apply(value).equals(cursor)) {
                    return value;
                }
            }
        } catch (IllegalArgumentException noCursor) {
            // As below.
        }
        throw new IllegalArgumentException("after must be the next of a page of this list");
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
