package dev.flashsale.domain.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What can happen in a sale, by the word under which it is subscribed to. */
public enum EventKind {
    /** Pieces were reserved. */
    HOLD_PLACED("hold.placed"),
    /** A hold was extended, or is of something else. */
    HOLD_CHANGED("hold.changed"),
    /** The buyer gave the pieces back. */
    HOLD_RELEASED("hold.released"),
    /** A hold's time was over, and pieces of it returned. */
    HOLD_EXPIRED("hold.expired"),
    /** A hold ends soon, if it is not extended or ordered. */
    HOLD_ENDING("hold.ending"),
    /** A hold became an order. */
    ORDER_PLACED("order.placed"),
    /** An order is paid. */
    ORDER_PAID("order.paid"),
    /** An order's payment failed, and its pieces returned. */
    ORDER_FAILED("order.failed"),
    /** An order was not paid in time, and pieces of it returned. */
    ORDER_EXPIRED("order.expired"),
    /** An operator cancelled an order, and its pieces returned. */
    ORDER_CANCELLED("order.cancelled"),
    /** Money of a paid order was given back, all of it or a part. */
    ORDER_REFUNDED("order.refunded"),
    /** Money was taken that no order can use: somebody must give it back. */
    REFUND_REQUIRED("refund.required"),
    /** Such money was given back. */
    REFUND_DONE("refund.done"),
    /** Another number of pieces is on sale or available. */
    STOCK_CHANGED("stock.changed"),
    /** Nothing is available any more; what is held may still return. */
    SOLD_OUT("stock.sold_out");

    private final String word;

    EventKind(String word) {
        this.word = word;
    }

    /** As subscriptions, settings and what is sent name it: {@code order.paid}. */
    public String word() {
        return word;
    }

    /**
     * The kind of that word.
     *
     * @throws IllegalArgumentException if there is none; names those there are
     */
    public static EventKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no kind of event: " + word + "; there are " + words(EnumSet.allOf(EventKind.class))));
    }

    /**
     * The kinds of these words: {@code order.paid}, all of one thing as {@code order.*}, or {@code *} for all.
     *
     * @throws IllegalArgumentException if one says no kind; names those there are
     */
    public static Set<EventKind> of(Collection<String> words) {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        for (String word : words) {
            if (word.endsWith("*")) {
                String begin = word.substring(0, word.length() - 1);
                Set<EventKind> of = Arrays.stream(values())
                        .filter(kind -> kind.word.startsWith(begin) && (begin.isEmpty() || begin.endsWith(".")))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventKind.class)));
                kinds.addAll(of.isEmpty() ? Set.of(of(word)) : of);
            } else {
                kinds.add(of(word));
            }
        }
        return kinds;
    }

    private static String words(Collection<EventKind> kinds) {
        return kinds.stream().map(EventKind::word).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return word;
    }
}
