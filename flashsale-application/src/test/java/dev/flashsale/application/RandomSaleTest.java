package dev.flashsale.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.GroupCommitBounds;
import dev.flashsale.application.port.AuditReport;
import dev.flashsale.application.port.Busy;
import dev.flashsale.application.testing.InMemoryTransactions.Fate;
import dev.flashsale.domain.hold.ActiveHold;
import dev.flashsale.domain.hold.Hold;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.HoldStatus;
import dev.flashsale.domain.operator.Cause;
import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentOutcome;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.RefundOutcome;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import dev.flashsale.domain.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Buyers, gateways, operators and sweepers do what they like; every piece is accounted for after every step. */
final class RandomSaleTest {

    private static final int PRODUCTS = 3;
    private static final int STEPS = 120;

    @Test
    void everythingAddsUpAfterEveryStep() {
        Seeds.each(400, random -> new Play(random).play());
    }

    private static final class Play {

        private final SplittableRandom random;
        private final Sale sale;
        private final List<HoldRequest> requests = new ArrayList<>();
        private final List<Payment> payments = new ArrayList<>();
        private final Map<HoldId, HoldOutcome.Placed> placed = new HashMap<>();

        Play(SplittableRandom random) {
            this.random = random;
            sale = new Sale(new Settings(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(60),
                    1 + random.nextInt(4),
                    GroupCommitBounds.defaults(),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofSeconds(40)));
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                meetAFate();
                try {
                    doSomething();
                } catch (Busy busy) {
                    assertThat(busy).hasMessageContaining("not committed");
                }
                sale.database.advance(Duration.ofMillis(random.nextInt(4000)));
                checkConservation();
                checkViews();
                checkLines();
            }
        }

        private void meetAFate() {
            if (random.nextInt(5) == 0) {
                sale.transactions.meet(Fate.values()[random.nextInt(Fate.values().length)]);
            }
        }

        private void doSomething() {
            switch (random.nextInt(16)) {
                case 0 -> putProduct();
                case 1, 2, 3, 4 -> placeHolds();
                case 5, 6, 7 -> sale.placeOrder.placeAll(some(this::holdId));
                case 8 -> sale.releaseHold.releaseAll(some(this::holdId));
                case 9, 10 -> recordPayments();
                case 11 ->
                    assertThat(sale.flashsale.adjustStock().adjust(productId(), random.nextInt(15), Cause.PROGRAM))
                            .isNotNull();
                case 12 -> cancelOrder();
                case 13 -> recordRefund();
                case 14 -> markRefundDone();
                default -> {
                    sale.flashsale.expireHolds().expire();
                    sale.flashsale.expireOrders().expire();
                    sale.flashsale.expireKeptPayments().expire();
                }
            }
        }

        private void putProduct() {
            assertThat(sale.putProduct.put(Examples.product(productId()), random.nextInt(15)))
                    .isNotNull();
        }

        private void cancelOrder() {
            List<Order> orders = sale.database.orders();
            if (!orders.isEmpty()) {
                Order any = orders.get(random.nextInt(orders.size()));
                assertThat(sale.flashsale.cancelOrder().cancel(any.id(), Cause.PROGRAM))
                        .isNotNull();
            }
        }

        private void placeHolds() {
            List<HoldRequest> batch = some(this::request);
            int inTime = random.nextInt(1, batch.size() + 1);
            List<HoldRequest> late = batch.subList(inTime, batch.size());
            Batch<HoldRequest> joined = Batch.of(
                    batch.subList(0, inTime), fits -> late.stream().filter(fits).toList());
            List<HoldOutcome> outcomes = sale.placeHold.placeAll(joined);
            batch = joined.requests();
            for (int i = 0; i < batch.size(); i++) {
                HoldId id = batch.get(i).holdId();
                if (outcomes.get(i) instanceof HoldOutcome.Placed answer) {
                    assertThat(placed.getOrDefault(id, answer)).isEqualTo(answer);
                    placed.put(id, answer);
                } else if (placed.containsKey(id)) {
                    assertThat(outcomes.get(i)).isEqualTo(new HoldOutcome.IdReused(id));
                }
            }
        }

        private void recordPayments() {
            List<Payment> batch = some(this::payment);
            List<PaymentOutcome> outcomes = sale.recordPayment.recordAll(batch);
            Map<TransactionId, RecordedPayment> stored = new HashMap<>();
            sale.payments().forEach(row -> stored.put(row.payment().transactionId(), row));
            for (int i = 0; i < batch.size(); i++) {
                RecordedPayment row = stored.get(batch.get(i).transactionId());
                switch (outcomes.get(i)) {
                    case PaymentOutcome.Recorded answer ->
                        assertThat(answer.payment()).isEqualTo(row);
                    case PaymentOutcome.AlreadyRecorded answer ->
                        assertThat(answer.payment()).isEqualTo(row);
                    case PaymentOutcome.Conflict conflict ->
                        assertThat(row.payment()).isNotEqualTo(batch.get(i));
                    case PaymentOutcome.NothingToRefund nothing -> throw new AssertionError(nothing);
                }
            }
        }

        private void recordRefund() {
            Payment refund = Examples.refund(new OrderId(1 + random.nextInt(12)), random.nextBoolean());
            assertThat(sale.flashsale.recordPayment().record(refund)).isNotNull();
        }

        private void markRefundDone() {
            for (ListRefunds.Refund open : sale.flashsale
                    .listRefunds()
                    .list(Optional.empty(), new PageSize(1))
                    .items()) {
                TransactionId id = open.payment().transactionId();
                assertThat(sale.flashsale.markRefundDone().mark(id))
                        .isInstanceOfAny(RefundOutcome.Done.class, RefundOutcome.AlreadyDone.class);
            }
        }

        private void checkConservation() {
            AuditReport report = sale.flashsale.audit().audit();
            assertThat(report.clean()).as("%s", report).isTrue();
            assertThat(sale.database.orders().stream().map(Order::holdId)).doesNotHaveDuplicates();
            assertThat(sale.database.holds().stream().map(Hold::id)).containsAll(placed.keySet());
        }

        /** All lines of a hold or an order of several products are the same at every moment. */
        private void checkLines() {
            Instant now = sale.database.now();
            Map<HoldId, HoldStatus> holds = new HashMap<>();
            sale.database.holds().forEach(hold -> holds.put(hold.id(), hold.statusAt(now)));
            for (Hold hold : sale.database.holds()) {
                assertThat(hold.lineIds().stream().map(holds::get)).containsOnly(hold.statusAt(now));
            }
            Map<HoldId, OrderStatus> orders = new HashMap<>();
            sale.database.orders().forEach(order -> orders.put(order.holdId(), order.statusAt(now)));
            for (Order order : sale.database.orders()) {
                assertThat(order.lineIds().stream().map(orders::get)).containsOnly(order.statusAt(now));
            }
        }

        /** A view is what would be available if everything that is over had been swept. */
        private void checkViews() {
            Instant now = sale.database.now();
            for (Stock stock : sale.database.stocks()) {
                int taken = sale.database.holds().stream()
                                .filter(hold -> hold.productId().equals(stock.productId()))
                                .filter(hold -> hold instanceof ActiveHold active && active.validAt(now))
                                .mapToInt(hold -> hold.quantity().value())
                                .sum()
                        + sale.database.orders().stream()
                                .filter(order -> order.productId().equals(stock.productId()))
                                .filter(order -> order.statusAt(now).takesStock())
                                .mapToInt(order -> order.quantity().value())
                                .sum();
                assertThat(sale.flashsale.viewProduct().view(stock.productId()))
                        .hasValueSatisfying(
                                view -> assertThat(view.stock().available()).isEqualTo(stock.total() - taken));
            }
        }

        private <T> List<T> some(Supplier<T> one) {
            return IntStream.range(0, 1 + random.nextInt(6))
                    .mapToObj(i -> one.get())
                    .toList();
        }

        private ProductId productId() {
            return new ProductId(1 + random.nextInt(PRODUCTS));
        }

        private HoldRequest request() {
            HoldRequest fresh = HoldRequest.of(newHoldId(), items(), null);
            HoldRequest request = switch (random.nextInt(10)) {
                case 0 -> requests.isEmpty() ? fresh : any(requests);
                case 1 ->
                    requests.isEmpty() ? fresh : HoldRequest.of(any(requests).holdId(), items(), null);
                default -> fresh;
            };
            requests.add(request);
            return request;
        }

        /** Mostly one. */
        private List<Item> items() {
            return IntStream.range(0, random.nextInt(3) == 0 ? 1 + random.nextInt(PRODUCTS) : 1)
                    .mapToObj(i -> new Item(productId(), new Quantity(1 + random.nextInt(4))))
                    .toList();
        }

        private Payment payment() {
            if (!payments.isEmpty() && random.nextInt(8) == 0) {
                return any(payments);
            }
            boolean reused = !payments.isEmpty() && random.nextInt(10) == 0;
            Payment payment = Payment.of(
                    reused ? any(payments).transactionId() : new TransactionId("tx-" + payments.size()),
                    new OrderId(1 + random.nextInt(sale.database.orders().size() + 3)),
                    random.nextInt(3) == 0 ? PaymentStatus.FAILED : PaymentStatus.SUCCESS);
            payments.add(payment);
            return payment;
        }

        private HoldId holdId() {
            return requests.isEmpty() || random.nextInt(10) == 0
                    ? newHoldId()
                    : any(requests).holdId();
        }

        private HoldId newHoldId() {
            return new HoldId(new UUID(random.nextLong(), random.nextLong()));
        }

        private <T> T any(List<T> list) {
            int recent = Math.min(list.size(), 12);
            return list.get(list.size() - 1 - random.nextInt(recent));
        }
    }
}
