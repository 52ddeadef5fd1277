package dev.flashsale.domain.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.Seeds;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PaymentPolicyPropertyTest {

    private static final int PRODUCTS = 3;
    private static final int ORDERS = 8;
    private static final int BATCHES = 6;

    @Test
    void noSequenceOfPaymentsMakesOrLosesPieces() {
        Seeds.each(2000, random -> new Sequence(random).play());
    }

    /** Decides batch after batch, and the same again by a model of plain numbers. */
    private static final class Sequence {

        private final SplittableRandom random;
        private final Map<OrderId, Order> orders = new HashMap<>();
        private final Map<ProductId, Stock> stocks = new HashMap<>();

        Sequence(SplittableRandom random) {
            this.random = random;
            for (int i = 1; i <= PRODUCTS; i++) {
                ProductId id = new ProductId(i);
                stocks.put(id, new Stock(id, 1000, random.nextInt(8)));
            }
            for (int i = 1; i <= ORDERS; i++) {
                OrderStatus status = OrderStatus.values()[random.nextInt(OrderStatus.values().length)];
                Order order = Examples.order(i, new ProductId(1 + random.nextInt(PRODUCTS)), 1 + random.nextInt(4));
                orders.put(order.id(), order.with(status));
            }
        }

        void play() {
            Map<ProductId, Integer> pieces = pieces();
            for (int batch = 0; batch < BATCHES; batch++) {
                decide(IntStream.range(0, random.nextInt(10))
                        .mapToObj(i -> payment())
                        .toList());
                assertThat(pieces()).isEqualTo(pieces);
            }
        }

        private void decide(List<Payment> payments) {
            Map<ProductId, Integer> available =
                    stocks.values().stream().collect(Collectors.toMap(Stock::productId, Stock::available));
            Map<OrderId, Order> before = Map.copyOf(orders);
            Set<ProductId> toLock = PaymentPolicy.stocksToLock(payments, before);
            Map<ProductId, Stock> locked = new HashMap<>(stocks);
            locked.keySet().retainAll(toLock);

            PaymentPolicy.Decision decision = PaymentPolicy.decide(payments, Set.of(), before, locked);

            for (int i = 0; i < payments.size(); i++) {
                Payment payment = payments.get(i);
                PaymentEffect expected = expected(payment, available);
                assertThat(decision.payments().get(i))
                        .isEqualTo(new RecordedPayment(
                                payment, expected, orders.get(payment.orderId()).status()));
            }
            assertThat(decision.orders()).isEqualTo(orders);
            assertThat(decision.stocks()).containsOnlyKeys(toLock);
            stocks.putAll(decision.stocks());
            stocks.forEach((id, stock) -> assertThat(stock.available()).isEqualTo(available.get(id)));
            toLock.forEach(id -> assertIsNeeded(id, payments, before, locked));
        }

        private static void assertIsNeeded(
                ProductId id, List<Payment> payments, Map<OrderId, Order> orders, Map<ProductId, Stock> locked) {
            Map<ProductId, Stock> without = new HashMap<>(locked);
            without.remove(id);
            assertThatThrownBy(() -> PaymentPolicy.decide(payments, Set.of(), orders, without))
                    .hasMessage("not loaded: " + id);
        }

        private PaymentEffect expected(Payment payment, Map<ProductId, Integer> available) {
            Order order = orders.get(payment.orderId());
            int left = available.get(order.lines().first().productId());
            int wanted = order.lines().first().quantity().value();
            boolean pending = order.status() == OrderStatus.PENDING;
            boolean paid = !pending && !order.status().mayBePaidLate();
            boolean right = payment.amount() == null;
            if (payment.status() == PaymentStatus.FAILED) {
                if (!pending || !right) {
                    return PaymentEffect.IGNORED;
                }
                available.put(order.lines().first().productId(), left + wanted);
                orders.put(order.id(), order.with(OrderStatus.FAILED));
                return PaymentEffect.APPLIED;
            }
            if (!right || paid || (!pending && left < wanted)) {
                return PaymentEffect.REFUND_REQUIRED;
            }
            if (!pending) {
                available.put(order.lines().first().productId(), left - wanted);
            }
            orders.put(order.id(), order.with(OrderStatus.PAID));
            return PaymentEffect.APPLIED;
        }

        /** What is available and what orders take, by product. */
        private Map<ProductId, Integer> pieces() {
            Map<ProductId, Integer> pieces = new HashMap<>();
            stocks.forEach((id, stock) -> pieces.put(id, stock.available()));
            orders.values().stream()
                    .filter(order -> order.status().takesStock())
                    .forEach(order -> pieces.merge(
                            order.lines().first().productId(),
                            order.lines().first().quantity().value(),
                            Integer::sum));
            return pieces;
        }

        /** A report that names no amount, or a wrong one. */
        private Payment payment() {
            return new Payment(
                    Examples.newTransactionId(),
                    new OrderId(1 + random.nextInt(ORDERS)),
                    random.nextBoolean() ? PaymentStatus.SUCCESS : PaymentStatus.FAILED,
                    random.nextInt(8) == 0 ? new BigDecimal("0.01") : null,
                    null);
        }
    }
}
