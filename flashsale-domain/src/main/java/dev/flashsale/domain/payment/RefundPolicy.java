package dev.flashsale.domain.payment;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides what it does that money was given back.
 *
 * <p>A refund is of one success of its order, all that is left of it or a part: of the one that it names, else of the first of
 * which it is all that is left, else of the first that has as much. Money that must be given back comes before the money that
 * paid the order, so that a refund that names nothing does not undo a sale; one of pieces is of what paid the order.
 */
public final class RefundPolicy {

    private RefundPolicy() {}

    /** What the refund that a gateway reports does, in the order of precedence. */
    public sealed interface Decision {

        /** No success is known that it could be of: the report came before the payment's, or is a mistake. */
        record NothingToRefund() implements Decision {}

        /** Its order has no such pieces, or not any more. */
        record NoSuchPieces(ProductId productId, int left) implements Decision {}

        /**
         * Money was given back.
         *
         * @param givesBack null where nobody said how much there was
         * @param done a payment whose money had to be given back, if all of it has been now
         * @param order as it is now, if there is one
         * @param returned the pieces that come back to their stocks
         */
        record Applied(
                @Nullable GivenBack givesBack,
                @Nullable TransactionId done,
                @Nullable Order order,
                List<Item> returned) implements Decision {}

        /** It is of a payment that was given back before, or of more than is left of it. */
        record Ignored() implements Decision {}
    }

    /** A success, and what has not been given back of it; null if nobody said how much it was. */
    private record Rest(RecordedPayment paid, @Nullable BigDecimal amount) {

        boolean isOpen() {
            return paid.effect() == PaymentEffect.REFUND_REQUIRED;
        }

        boolean isAll(@Nullable BigDecimal refunded) {
            return refunded == null || amount == null || refunded.compareTo(amount) == 0;
        }

        boolean has(@Nullable BigDecimal refunded) {
            return isAll(refunded) || (amount != null && refunded != null && refunded.compareTo(amount) < 0);
        }
    }

    /**
     * Decides on locked rows.
     *
     * @param order the refund's, if it exists
     * @param payments all of that order, in the order in which they came
     * @param open those of them whose money must still be given back
     */
    public static Decision decide(
            Payment refund, @Nullable Order order, List<RecordedPayment> payments, Set<TransactionId> open) {
        List<RecordedPayment> candidates =
                payments.stream().filter(paid -> mayBeOf(refund, paid)).toList();
        if (candidates.isEmpty()) {
            return new Decision.NothingToRefund();
        }
        Map<ProductId, Integer> left = order == null ? Map.of() : left(order, payments);
        for (Item some : refund.pieces()) {
            int has = left.getOrDefault(some.productId(), 0);
            if (some.quantity().value() > has) {
                return new Decision.NoSuchPieces(some.productId(), has);
            }
        }
        Rest of = chosen(refund, rests(refund, order, candidates, payments, open));
        return of == null ? new Decision.Ignored() : applied(refund, order, of, left);
    }

    private static boolean mayBeOf(Payment refund, RecordedPayment paid) {
        TransactionId named = refund.refundOf();
        return paid.payment().status() == PaymentStatus.SUCCESS
                && paid.effect() != PaymentEffect.KEPT
                && (named == null || named.equals(paid.payment().transactionId()));
    }

    /** What is left of each candidate of which something is, first of those that must be given back. */
    private static List<Rest> rests(
            Payment refund,
            @Nullable Order order,
            List<RecordedPayment> candidates,
            List<RecordedPayment> payments,
            Set<TransactionId> open) {
        List<Rest> rests = new ArrayList<>();
        if (refund.pieces().isEmpty()) {
            for (RecordedPayment paid : candidates) {
                if (open.contains(paid.payment().transactionId())) {
                    addIfAgrees(rests, refund, order, paid, payments);
                }
            }
        }
        if (order != null && order.status() == OrderStatus.PAID) {
            for (RecordedPayment paid : candidates) {
                if (paid.effect() == PaymentEffect.APPLIED) {
                    addIfAgrees(rests, refund, order, paid, payments);
                }
            }
        }
        return rests;
    }

    private static void addIfAgrees(
            List<Rest> rests,
            Payment refund,
            @Nullable Order order,
            RecordedPayment paid,
            List<RecordedPayment> payments) {
        Payment whole = order == null ? paid.payment() : paid.payment().completedBy(order.amount());
        if (refund.currency() == null
                || whole.currency() == null
                || refund.currency().equals(whole.currency())) {
            rests.add(new Rest(paid, rest(whole, payments)));
        }
    }

    /** What has not been given back of a success; null if nobody said how much it was. */
    public static @Nullable BigDecimal rest(Payment success, List<RecordedPayment> payments) {
        BigDecimal rest = success.amount();
        for (RecordedPayment refund : payments) {
            GivenBack givenBack = refund.givesBack();
            if (rest != null && givenBack != null && givenBack.payment().equals(success.transactionId())) {
                rest = rest.subtract(givenBack.amount());
            }
        }
        return rest;
    }

    private static @Nullable Rest chosen(Payment refund, List<Rest> rests) {
        for (Rest rest : rests) {
            if (rest.isAll(refund.amount())) {
                return rest;
            }
        }
        for (Rest rest : rests) {
            if (rest.has(refund.amount())) {
                return rest;
            }
        }
        return null;
    }

    private static Decision applied(Payment refund, @Nullable Order order, Rest of, Map<ProductId, Integer> left) {
        BigDecimal amount = refund.amount() == null ? of.amount() : refund.amount();
        TransactionId payment = of.paid().payment().transactionId();
        GivenBack givesBack = amount == null ? null : new GivenBack(payment, amount);
        boolean all = of.isAll(refund.amount());
        if (order == null || of.isOpen()) {
            return new Decision.Applied(givesBack, all ? payment : null, order, List.of());
        }
        List<Item> returned = returned(refund, all, left);
        boolean allReturned = pieces(returned)
                == left.values().stream().mapToInt(pieces -> pieces).sum();
        OrderStatus status = !all ? order.status() : allReturned ? OrderStatus.RETURNED : OrderStatus.REFUNDED;
        return new Decision.Applied(givesBack, null, order.with(status), returned);
    }

    /** Nobody knows which pieces a part is of that names none. */
    private static List<Item> returned(Payment refund, boolean all, Map<ProductId, Integer> left) {
        if (!refund.restock()) {
            return List.of();
        }
        if (!refund.pieces().isEmpty()) {
            return refund.pieces();
        }
        List<Item> items = new ArrayList<>();
        if (all) {
            left.forEach((id, pieces) -> {
                if (pieces > 0) {
                    items.add(new Item(id, new Quantity(pieces)));
                }
            });
        }
        return items;
    }

    /** The pieces of an order that have not come back. */
    public static Map<ProductId, Integer> left(Order order, List<RecordedPayment> payments) {
        Map<ProductId, Integer> left = new TreeMap<>();
        if (!order.status().takesStock()) {
            return left;
        }
        order.lines()
                .items()
                .forEach(item -> left.put(item.productId(), item.quantity().value()));
        for (RecordedPayment recorded : payments) {
            Payment refund = recorded.payment();
            if (refund.restock() && recorded.effect() == PaymentEffect.APPLIED) {
                refund.pieces()
                        .forEach(item ->
                                left.merge(item.productId(), -item.quantity().value(), Integer::sum));
            }
        }
        return left;
    }

    private static int pieces(List<Item> items) {
        return items.stream().mapToInt(item -> item.quantity().value()).sum();
    }

    /**
     * The report of what an operator says is done, so that the books have it: all that was left of a success.
     *
     * @param payments all of the success's order
     */
    public static RecordedPayment doneByHand(
            RecordedPayment success, @Nullable Order order, List<RecordedPayment> payments) {
        Payment paid = order == null ? success.payment() : success.payment().completedBy(order.amount());
        BigDecimal rest = rest(paid, payments);
        TransactionId id = paid.transactionId();
        return new RecordedPayment(
                new Payment(doneId(id), paid.orderId(), PaymentStatus.REFUNDED, rest, paid.currency(), id, false),
                PaymentEffect.APPLIED,
                order == null ? null : order.status(),
                rest == null ? null : new GivenBack(id, rest));
    }

    /** As long as it may be, and one for each success. */
    private static TransactionId doneId(TransactionId success) {
        return new TransactionId(
                "refund-done-" + UUID.nameUUIDFromBytes(success.value().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Decides what it means that an operator has given the money of a payment back.
     *
     * @param known the locked success, if there is one
     * @param open whether its money must still be given back
     */
    public static RefundOutcome markDone(TransactionId id, @Nullable RecordedPayment known, boolean open) {
        if (known == null) {
            return new RefundOutcome.UnknownPayment(id);
        }
        if (open) {
            return new RefundOutcome.Done(known);
        }
        return switch (known.effect()) {
            case REFUND_REQUIRED -> new RefundOutcome.AlreadyDone(known);
            case APPLIED, KEPT, IGNORED -> new RefundOutcome.NotRequired(known);
        };
    }
}
