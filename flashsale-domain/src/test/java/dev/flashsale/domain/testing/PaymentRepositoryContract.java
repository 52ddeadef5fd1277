package dev.flashsale.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flashsale.domain.order.Order;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.order.OrderStatus;
import dev.flashsale.domain.payment.ConflictingReport;
import dev.flashsale.domain.payment.GivenBack;
import dev.flashsale.domain.payment.ListedConflict;
import dev.flashsale.domain.payment.Payment;
import dev.flashsale.domain.payment.PaymentEffect;
import dev.flashsale.domain.payment.PaymentStatus;
import dev.flashsale.domain.payment.ReceivedPayment;
import dev.flashsale.domain.payment.RecordedPayment;
import dev.flashsale.domain.payment.ReportId;
import dev.flashsale.domain.payment.TransactionId;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Item;
import dev.flashsale.domain.stock.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link dev.flashsale.domain.payment.PaymentRepository} does. */
public abstract class PaymentRepositoryContract extends RepositoryContract {

    @ParameterizedTest
    @EnumSource(OrderStatus.class)
    void anInsertedPaymentIsFoundWithWhatItDid(OrderStatus statusAfter) {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        List<RecordedPayment> recorded = Stream.of(
                        PaymentEffect.APPLIED, PaymentEffect.IGNORED, PaymentEffect.REFUND_REQUIRED)
                .flatMap(effect -> Stream.of(
                        new RecordedPayment(Examples.success(order.id()), effect, statusAfter),
                        new RecordedPayment(
                                Examples.failure(order.id()),
                                effect == PaymentEffect.REFUND_REQUIRED ? PaymentEffect.IGNORED : effect,
                                statusAfter)))
                .toList();

        insert(recorded);

        assertThat(lock(idsOf(recorded))).containsExactlyInAnyOrderElementsOf(recorded);
    }

    @ParameterizedTest
    @CsvSource({
        ",",
        "19.90, EUR",
        "19.90,",
        ", EUR",
        "0, JPY",
        "0.0001, EUR",
        "12.345, BHD",
        "999999999999999.9999, EUR"
    })
    void anAmountAndACurrencyAreKeptOrAbsent(BigDecimal amount, String currency) {
        Payment payment = new Payment(
                Examples.newTransactionId(),
                Examples.unknownOrderId(),
                PaymentStatus.SUCCESS,
                amount,
                currency == null ? null : Currency.getInstance(currency));

        keep(payment);

        assertThat(lock(Set.of(payment.transactionId()))).containsExactly(RecordedPayment.kept(payment));
        assertThat(lockKept(payment.orderId())).containsExactly(payment);
    }

    @Test
    void theLongestAndTheOddestTransactionIdsAreKept() {
        String unique = UUID.randomUUID().toString();
        OrderId orderId = Examples.unknownOrderId();
        Payment longest = payment(unique + "~".repeat(TransactionId.MAX_LENGTH - unique.length()), orderId);
        Payment oddest = payment(unique + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", orderId);

        keep(longest, oddest);

        assertThat(lock(Set.of(longest.transactionId(), oddest.transactionId())))
                .containsExactlyInAnyOrder(RecordedPayment.kept(longest), RecordedPayment.kept(oddest));
    }

    @Test
    void transactionIdsThatDifferInCaseAloneAreDifferent() {
        String unique = UUID.randomUUID().toString();
        OrderId orderId = Examples.unknownOrderId();
        Payment lower = payment("tx-a-" + unique, orderId);
        Payment upper = payment("TX-A-" + unique, orderId);

        keep(lower);
        assertThat(lock(Set.of(upper.transactionId()))).isEmpty();
        keep(upper);

        assertThat(lock(Set.of(lower.transactionId()))).containsExactly(RecordedPayment.kept(lower));
        assertThat(lock(Set.of(upper.transactionId()))).containsExactly(RecordedPayment.kept(upper));
    }

    @Test
    void whatIsSaidOfATransactionIsRecordedOnceEach() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        TransactionId id = Examples.newTransactionId();
        List<RecordedPayment> course = Stream.of(PaymentStatus.values())
                .map(status -> Payment.of(id, order.id(), status))
                .map(payment -> new RecordedPayment(
                        payment,
                        payment.status() == PaymentStatus.SUCCESS
                                ? PaymentEffect.REFUND_REQUIRED
                                : PaymentEffect.APPLIED,
                        OrderStatus.PENDING))
                .toList();

        insert(course.subList(0, 2));
        insert(course.subList(2, course.size()));

        assertThat(lock(Set.of(id))).containsExactlyInAnyOrderElementsOf(course);
        assertThat(openOf(Set.of(id))).containsExactly(id);
        commit(() -> repositories().payments().refundDone(Set.of(id)));
        assertThat(openOf(Set.of(id))).isEmpty();
        commit(() -> repositories().housekeeping().payments().delete(reportsOf(course.subList(0, 1))));
        assertThat(lock(Set.of(id))).containsExactlyInAnyOrderElementsOf(course.subList(1, course.size()));
    }

    @Test
    void aTransactionThatFailedAndSucceededEarlyIsSettledOneByOne() {
        OrderId orderId = Examples.unknownOrderId();
        TransactionId id = Examples.newTransactionId();
        Payment failure = Payment.of(id, orderId, PaymentStatus.FAILED);
        Payment success = Payment.of(id, orderId, PaymentStatus.SUCCESS);
        keep(failure);
        keep(success);

        commit(() -> repositories().payments().settle(List.of(RecordedPayment.givenUp(failure))));

        assertThat(lockKept(orderId)).containsExactly(success);
        assertThat(openOf(Set.of(id))).isEmpty();
    }

    @Test
    void theHoldThatAReportNamesIsKept() {
        Payment payment = Examples.success(Examples.unknownOrderId()).ofHold(Examples.newHoldId());

        keep(payment);

        assertThat(lock(Set.of(payment.transactionId()))).containsExactly(RecordedPayment.kept(payment));
    }

    @Test
    void aConflictIsListedOnceUntilSomebodyHasLookedAndNoMoreAfterThat() {
        TransactionId id = Examples.newTransactionId();
        ConflictingReport one = new ConflictingReport(
                ReportId.ofSuccess(id),
                Examples.unknownOrderId(),
                Examples.newHoldId(),
                new BigDecimal("19.90"),
                Currency.getInstance("EUR"),
                Examples.unknownOrderId());
        ConflictingReport other = new ConflictingReport(
                new ReportId(id, PaymentStatus.FAILED), null, Examples.newHoldId(), null, null, null);
        Instant before = now().truncatedTo(ChronoUnit.MICROS);

        commit(() -> repositories().payments().listConflicts(List.of(one, one)));
        commit(() -> repositories().payments().listConflicts(List.of(other, one)));
        commit(() -> repositories().payments().listConflicts(List.of()));

        List<ListedConflict> listed = conflictsOf(id);
        assertThat(listed).extracting(ListedConflict::report).containsExactly(one, other);
        assertThat(listed)
                .allSatisfy(conflict -> assertThat(conflict.receivedAt()).isBetween(before, now()));
        long number = listed.getFirst().number();
        assertThat(conflicts(number - 1, 1)).containsExactly(listed.getFirst());
        assertThat(conflicts(number, 1).getFirst().number()).isGreaterThan(number);

        assertThat(inTransaction(() -> repositories().payments().resolveConflict(number)))
                .isTrue();
        assertThat(inTransaction(() -> repositories().payments().resolveConflict(number)))
                .isFalse();
        assertThat(inTransaction(() -> repositories().payments().resolveConflict(Long.MAX_VALUE)))
                .isFalse();
        commit(() -> repositories().payments().listConflicts(List.of(one)));

        assertThat(conflictsOf(id)).extracting(ListedConflict::report).containsExactly(other);
    }

    private List<ListedConflict> conflictsOf(TransactionId id) {
        return conflicts(0, Integer.MAX_VALUE).stream()
                .filter(conflict -> conflict.report().id().transactionId().equals(id))
                .toList();
    }

    private List<ListedConflict> conflicts(long after, int limit) {
        return List.copyOf(
                repositories().lists().payments().conflicts(after, limit).rows().values());
    }

    @Test
    void aReportIsRecordedOnce() {
        Payment payment = Examples.success(Examples.unknownOrderId());
        keep(payment);
        Payment other = payment(payment.transactionId().value(), Examples.unknownOrderId());

        assertThatThrownBy(() -> keep(other)).isInstanceOf(RuntimeException.class);

        assertThat(lock(Set.of(payment.transactionId()))).containsExactly(RecordedPayment.kept(payment));
        assertThat(lockKept(other.orderId())).isEmpty();
    }

    @Test
    void keptPaymentsComeInTheOrderInWhichTheyCameWhateverTheirIds() {
        OrderId one = Examples.unknownOrderId();
        OrderId other = Examples.unknownOrderId();
        String unique = UUID.randomUUID().toString();
        List<Payment> payments = IntStream.range(0, 6)
                .mapToObj(i -> payment((char) ('z' - i) + unique, i % 2 == 0 ? one : other))
                .toList();

        keep(payments.get(0));
        keep(payments.get(1), payments.get(2), payments.get(3));
        keep(payments.get(4), payments.get(5));

        assertThat(lockKept(one, other)).isEqualTo(payments);
        assertThat(lockKept(one)).containsExactly(payments.get(0), payments.get(2), payments.get(4));
    }

    @Test
    void onlyKeptPaymentsOfTheseOrdersAreKept() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        Payment kept = Examples.success(order.id());
        insert(List.of(
                new RecordedPayment(Examples.failure(order.id()), PaymentEffect.IGNORED, OrderStatus.PAID),
                RecordedPayment.kept(kept),
                RecordedPayment.kept(Examples.success(Examples.unknownOrderId()))));

        assertThat(lockKept(order.id(), Examples.unknownOrderId())).containsExactly(kept);
        assertThat(lockKept(Examples.unknownOrderId())).isEmpty();
        assertThat(lockKept()).isEmpty();
    }

    @Test
    void aSettledPaymentTellsWhatItDidAndIsNotKeptAnyMore() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        Payment failure = new Payment(
                Examples.newTransactionId(),
                order.id(),
                PaymentStatus.FAILED,
                new BigDecimal("19.90"),
                Currency.getInstance("EUR"));
        Payment success = Examples.success(order.id());
        Payment waiting = Examples.success(order.id());
        keep(failure, success, waiting);
        List<RecordedPayment> settled = List.of(
                new RecordedPayment(failure, PaymentEffect.APPLIED, OrderStatus.FAILED),
                new RecordedPayment(success, PaymentEffect.REFUND_REQUIRED, OrderStatus.CANCELLED));

        commit(() -> repositories().payments().settle(settled));

        assertThat(lock(Set.of(failure.transactionId(), success.transactionId(), waiting.transactionId())))
                .containsExactlyInAnyOrder(settled.get(0), settled.get(1), RecordedPayment.kept(waiting));
        assertThat(lockKept(order.id())).containsExactly(waiting);
    }

    @Test
    void whatDoesNotExistIsAbsent() {
        Payment payment = Examples.success(Examples.unknownOrderId());
        keep(payment);

        assertThat(lock(Set.of(payment.transactionId(), Examples.newTransactionId())))
                .containsExactly(RecordedPayment.kept(payment));
        assertThat(lock(Set.of(Examples.newTransactionId()))).isEmpty();
        assertThat(lock(Set.of())).isEmpty();
    }

    @Test
    void insertingAndSettlingNothingIsAllowed() {
        commit(() -> {
            repositories().payments().insert(List.of());
            repositories().payments().settle(List.of());
        });
    }

    @Test
    void allPaymentsOfAnOrderAreLockedAndDeletedAndNoOthers() {
        ProductId product = productOnSale();
        Order gone = changed(ordered(product, 1, inSeconds(-10)), OrderStatus.FAILED);
        Order unpaid = ordered(product, 1, inSeconds(60));
        Order stays = ordered(product, 1, inSeconds(60));
        List<RecordedPayment> ofGone = List.of(
                new RecordedPayment(Examples.failure(gone.id()), PaymentEffect.APPLIED, OrderStatus.FAILED),
                new RecordedPayment(Examples.failure(gone.id()), PaymentEffect.IGNORED, OrderStatus.FAILED));
        RecordedPayment ofStays =
                new RecordedPayment(Examples.success(stays.id()), PaymentEffect.APPLIED, OrderStatus.PAID);
        insert(ofGone);
        insert(List.of(ofStays));

        commit(() -> {
            Map<OrderId, List<RecordedPayment>> locked =
                    repositories().housekeeping().payments().lockFreeOf(Set.of(gone.id(), unpaid.id()));
            assertThat(locked).containsOnlyKeys(gone.id(), unpaid.id());
            assertThat(locked.get(gone.id())).containsExactlyInAnyOrderElementsOf(ofGone);
            assertThat(locked.get(unpaid.id())).isEmpty();
            repositories().housekeeping().payments().delete(reportsOf(ofGone));
            repositories().housekeeping().payments().delete(Set.of());
        });

        assertThat(lock(idsOf(ofGone))).isEmpty();
        assertThat(lock(Set.of(ofStays.payment().transactionId()))).containsExactly(ofStays);
        assertThatThrownBy(() ->
                        commit(() -> repositories().housekeeping().payments().delete(reportsOf(ofGone))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRefundIsStoredWithWhatItGivesBackAndWhetherThePiecesReturn() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        Payment paid = Examples.success(order.id());
        List<RecordedPayment> refunds = List.of(
                new RecordedPayment(Examples.refundOf(paid), PaymentEffect.APPLIED, OrderStatus.REFUNDED),
                new RecordedPayment(Examples.refund(order.id(), true), PaymentEffect.APPLIED, OrderStatus.RETURNED),
                new RecordedPayment(Examples.refund(Examples.unknownOrderId(), false), PaymentEffect.APPLIED, null));

        insert(refunds);

        assertThat(lock(idsOf(refunds))).containsExactlyInAnyOrderElementsOf(refunds);
        assertThat(openOf(idsOf(refunds))).isEmpty();
    }

    @Test
    void aRefundIsStoredWithItsPiecesAndWhatItGaveBack() {
        Order order = ordered(productOnSale(), 3, inSeconds(60));
        Payment refund = new Payment(
                        Examples.newTransactionId(),
                        order.id(),
                        PaymentStatus.REFUNDED,
                        new BigDecimal("12.345"),
                        Currency.getInstance("BHD"),
                        null,
                        true)
                .ofPieces(List.of(
                        new Item(new ProductId(Long.MAX_VALUE), new Quantity(1)),
                        new Item(order.lines().first().productId(), new Quantity(Quantity.MAX - 1))));
        RecordedPayment recorded = new RecordedPayment(
                refund,
                PaymentEffect.APPLIED,
                OrderStatus.PAID,
                new GivenBack(Examples.newTransactionId(), new BigDecimal("12.345")));

        insert(List.of(recorded));

        assertThat(lock(Set.of(refund.transactionId()))).containsExactly(recorded);
    }

    @Test
    void allPaymentsOfAnOrderAreLockedInTheOrderInWhichTheyCame() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        List<RecordedPayment> payments = List.of(
                new RecordedPayment(
                        payment("z" + UUID.randomUUID(), order.id()), PaymentEffect.APPLIED, OrderStatus.PAID),
                new RecordedPayment(Examples.failure(order.id()), PaymentEffect.IGNORED, OrderStatus.PAID),
                new RecordedPayment(
                        payment("a" + UUID.randomUUID(), order.id()), PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID),
                new RecordedPayment(Examples.refund(order.id(), true), PaymentEffect.APPLIED, OrderStatus.PAID));
        insert(payments.subList(0, 2));
        insert(payments.subList(2, 4));
        keep(Examples.success(Examples.unknownOrderId()));

        assertThat(inTransaction(() -> repositories().payments().lockOf(order.id())))
                .isEqualTo(payments);
        assertThat(inTransaction(() -> repositories().payments().lockOf(Examples.unknownOrderId())))
                .isEmpty();
    }

    @Test
    void moneyToGiveBackIsListedUntilThatIsDone() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        Payment waiting = Examples.success(order.id());
        keep(waiting);
        RecordedPayment applied =
                new RecordedPayment(Examples.success(order.id()), PaymentEffect.APPLIED, OrderStatus.PAID);
        RecordedPayment owed =
                new RecordedPayment(Examples.success(order.id()), PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID);
        insert(List.of(applied, owed));
        RecordedPayment givenUp = RecordedPayment.givenUp(waiting);
        commit(() -> repositories().payments().settle(List.of(givenUp)));
        Set<TransactionId> both = idsOf(List.of(owed, givenUp));

        assertThat(openOf(idsOf(List.of(applied, owed, givenUp)))).isEqualTo(both);
        assertThat(listed()).containsSubsequence(givenUp, owed).doesNotContain(applied);

        commit(() -> repositories().payments().refundDone(idsOf(List.of(owed))));

        assertThat(openOf(both)).isEqualTo(idsOf(List.of(givenUp)));
        assertThat(listed()).contains(givenUp).doesNotContain(owed);
        assertThat(lock(idsOf(List.of(owed)))).containsExactly(owed);
        assertThatThrownBy(() -> commit(() -> repositories().payments().refundDone(idsOf(List.of(owed)))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void moneyToGiveBackIsListedInPages() {
        Order order = ordered(productOnSale(), 1, inSeconds(60));
        List<RecordedPayment> owed = Stream.generate(() -> new RecordedPayment(
                        Examples.success(order.id()), PaymentEffect.REFUND_REQUIRED, OrderStatus.PAID))
                .limit(3)
                .toList();
        Instant before = now().truncatedTo(ChronoUnit.MICROS);
        insert(owed);
        List<ReceivedPayment> all = openRefunds(0, Integer.MAX_VALUE);
        List<ReceivedPayment> last = all.subList(all.size() - 3, all.size());

        assertThat(last).extracting(ReceivedPayment::payment).isEqualTo(owed);
        assertThat(last).allSatisfy(refund -> assertThat(refund.receivedAt()).isBetween(before, now()));
        assertThat(openRefunds(last.get(0).number() - 1, 2)).isEqualTo(last.subList(0, 2));
        assertThat(openRefunds(last.get(1).number(), 2)).isEqualTo(last.subList(2, 3));
        assertThat(openRefunds(last.get(2).number(), 2)).isEmpty();
        assertThat(repositories()
                        .lists()
                        .payments()
                        .openRefunds(last.get(0).number() - 1, 2)
                        .next())
                .contains(last.get(1).number());
    }

    @Test
    void paymentsThatAreKeptAreListedInPages() {
        Instant before = now().truncatedTo(ChronoUnit.MICROS);
        List<Payment> waiting = Stream.generate(() -> Examples.success(Examples.unknownOrderId()))
                .limit(3)
                .toList();
        waiting.forEach(this::keep);
        List<ReceivedPayment> all = kept(0, Integer.MAX_VALUE);
        List<ReceivedPayment> last = all.subList(all.size() - 3, all.size());

        assertThat(last).extracting(row -> row.payment().payment()).isEqualTo(waiting);
        assertThat(last).allSatisfy(row -> assertThat(row.receivedAt()).isBetween(before, now()));
        assertThat(kept(last.get(0).number() - 1, 2)).isEqualTo(last.subList(0, 2));
        assertThat(kept(last.get(2).number(), 2)).isEmpty();

        commit(() -> repositories().payments().settle(List.of(RecordedPayment.givenUp(waiting.get(1)))));

        assertThat(kept(last.get(0).number() - 1, 3)).containsExactly(last.get(0), last.get(2));
    }

    private List<ReceivedPayment> kept(long after, int limit) {
        return List.copyOf(
                repositories().lists().payments().kept(after, limit).rows().values());
    }

    @Test
    void allPaymentsOfAnOrderAreFoundInTheOrderInWhichTheyCame() {
        Order one = ordered(productOnSale(), 1, inSeconds(60));
        Order other = ordered(productOnSale(), 1, inSeconds(60));
        RecordedPayment failure =
                new RecordedPayment(Examples.failure(one.id()), PaymentEffect.APPLIED, OrderStatus.FAILED);
        RecordedPayment success =
                new RecordedPayment(Examples.success(one.id()), PaymentEffect.REFUND_REQUIRED, OrderStatus.FAILED);
        RecordedPayment ofOther =
                new RecordedPayment(Examples.success(other.id()), PaymentEffect.APPLIED, OrderStatus.PAID);
        Instant before = now().truncatedTo(ChronoUnit.MICROS);
        insert(List.of(failure));
        insert(List.of(ofOther));
        insert(List.of(success));

        assertThat(paymentsOf(one.id())).extracting(ReceivedPayment::payment).containsExactly(failure, success);
        assertThat(paymentsOf(one.id(), other.id()))
                .extracting(ReceivedPayment::payment)
                .containsExactly(failure, ofOther, success);
        assertThat(paymentsOf(one.id()))
                .allSatisfy(payment -> assertThat(payment.receivedAt()).isBetween(before, now()));
        assertThat(paymentsOf(Examples.unknownOrderId())).isEmpty();
    }

    private List<ReceivedPayment> paymentsOf(OrderId... ids) {
        return List.copyOf(
                repositories().lists().payments().ofOrders(Set.of(ids)).rows().values());
    }

    private List<ReceivedPayment> openRefunds(long after, int limit) {
        return List.copyOf(repositories()
                .lists()
                .payments()
                .openRefunds(after, limit)
                .rows()
                .values());
    }

    @Test
    void whatHasBeenKeptForTooLongIsFoundTheOldestFirst() {
        Payment older = Examples.success(Examples.unknownOrderId());
        Payment newer = Examples.failure(Examples.unknownOrderId());
        Payment settled = Examples.failure(Examples.unknownOrderId());
        keep(older);
        keep(newer, settled);
        commit(() -> repositories().payments().settle(List.of(RecordedPayment.givenUp(settled))));

        assertThat(lockKeptFor(Duration.ZERO, Integer.MAX_VALUE))
                .containsSubsequence(older, newer)
                .doesNotContain(settled);
        assertThat(lockKeptFor(Duration.ZERO, 1)).hasSize(1);
        assertThat(lockKeptFor(Duration.ofDays(1), Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void whatIsKeptThoughItsOrderExistsIsFoundAsLongAsItIsNew() {
        Payment waits = Examples.success(Examples.unknownOrderId());
        Payment unseen =
                Examples.success(ordered(productOnSale(), 1, inSeconds(60)).id());
        keep(waits, unseen);

        assertThat(keptThoughOrdered(Duration.ofMinutes(10)))
                .contains(unseen.transactionId())
                .doesNotContain(waits.transactionId());
        assertThat(keptThoughOrdered(Duration.ofSeconds(-1))).isEmpty();
        assertThat(repositories().housekeeping().payments().keptThoughOrdered(Duration.ofMinutes(10), 1))
                .hasSize(1);
    }

    private List<TransactionId> keptThoughOrdered(Duration age) {
        return repositories().housekeeping().payments().keptThoughOrdered(age, Integer.MAX_VALUE);
    }

    @Test
    void aPaymentIsSettledOnce() {
        Payment payment = Examples.failure(Examples.unknownOrderId());
        keep(payment);
        List<RecordedPayment> settled = List.of(RecordedPayment.givenUp(payment));
        commit(() -> repositories().payments().settle(settled));

        assertThatThrownBy(() -> commit(() -> repositories().payments().settle(settled)))
                .isInstanceOf(IllegalStateException.class);
    }

    private List<Payment> lockKeptFor(Duration age, int limit) {
        return inTransaction(() -> repositories().housekeeping().payments().lockKeptFor(age, limit));
    }

    private Set<TransactionId> openOf(Set<TransactionId> ids) {
        return inTransaction(() -> {
            assertThat(repositories().payments().lock(ids)).isNotEmpty();
            return repositories().payments().openRefunds(ids);
        });
    }

    private List<RecordedPayment> listed() {
        return openRefunds(0, Integer.MAX_VALUE).stream()
                .map(ReceivedPayment::payment)
                .toList();
    }

    private static Payment payment(String transactionId, OrderId orderId) {
        return Payment.of(new TransactionId(transactionId), orderId, PaymentStatus.SUCCESS);
    }

    private static Set<ReportId> reportsOf(List<RecordedPayment> payments) {
        return Set.copyOf(
                payments.stream().map(recorded -> recorded.payment().id()).toList());
    }

    private static Set<TransactionId> idsOf(List<RecordedPayment> payments) {
        return Set.copyOf(payments.stream()
                .map(recorded -> recorded.payment().transactionId())
                .toList());
    }

    private void keep(Payment... payments) {
        insert(Stream.of(payments).map(RecordedPayment::kept).toList());
    }

    private void insert(List<RecordedPayment> payments) {
        commit(() -> repositories().payments().insert(payments));
    }

    private List<RecordedPayment> lock(Set<TransactionId> ids) {
        return List.copyOf(
                inTransaction(() -> repositories().payments().lock(ids)).values());
    }

    private List<Payment> lockKept(OrderId... orderIds) {
        return inTransaction(() -> repositories().payments().lockKept(Set.of(orderIds)));
    }
}
