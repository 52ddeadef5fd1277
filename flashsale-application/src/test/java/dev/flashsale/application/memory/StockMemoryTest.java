package dev.flashsale.application.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flashsale.application.ProductView;
import dev.flashsale.application.Settings;
import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.product.SaleState;
import dev.flashsale.domain.product.SaleWindow;
import dev.flashsale.domain.stock.Quantity;
import dev.flashsale.domain.stock.Stock;
import dev.flashsale.domain.testing.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StockMemoryTest {

    private final ProductId product = Examples.newProductId();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final HoldIds holdIds = new HoldIds(millis::get);
    private final AtomicInteger reads = new AtomicInteger();
    private final StockMemory watch = watch(Duration.ofMillis(50), Duration.ofMillis(200));

    @Test
    void whoReadsAMomentLaterSeesWhatWasReadBefore() {
        readTimes(watch, 5);

        assertThat(reads)
                .as("the first makes it known, the second is remembered")
                .hasValue(2);
    }

    @Test
    void whatIsTooOldIsReadAgain() {
        readTimes(watch, 3);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(50));

        readTimes(watch, 2);

        assertThat(reads).hasValue(3);
    }

    @Test
    void whatThisNodeHasChangedIsReadAgain() {
        readTimes(watch, 3);

        watch.changed(product);
        readTimes(watch, 2);

        assertThat(reads).hasValue(3);
    }

    @Test
    void aReadingThatAChangeOvertookIsNotRemembered() {
        readTimes(watch, 1);

        Optional<ProductView> overtaken = watch.view(product, () -> {
            watch.changed(product);
            return read().get();
        });
        readTimes(watch, 1);

        assertThat(overtaken).isPresent();
        assertThat(reads).hasValue(3);
    }

    @Test
    void whoComesTogetherReadsOnce() throws Exception {
        readTimes(watch, 1);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = readers.submit(() -> watch.view(product, () -> {
                reading.countDown();
                awaitQuietly(mayEnd);
                return read().get();
            }));
            reading.await();
            List<Future<?>> others = List.of(
                    readers.submit(() -> watch.view(product, read())),
                    readers.submit(() -> watch.view(product, read())));
            mayEnd.countDown();
            first.get();
            for (Future<?> other : others) {
                other.get();
            }
        }

        assertThat(reads).hasValue(2);
    }

    @Test
    void ofSeveralThoseAreReadThatAreNotRemembered() {
        ProductId other = Examples.newProductId();
        readTimes(watch, 2);

        assertThat(watch.views(Set.of(product, other), ids -> readOf(ids, other)))
                .containsOnlyKeys(product, other);
        assertThat(watch.views(Set.of(product, other), ids -> readOf(ids, other)))
                .containsOnlyKeys(product, other);
        watch.changed(other);
        watch.views(Set.of(product, other), ids -> readOf(ids, other));
        watch.views(Set.of(product, other), ids -> readOf(ids));

        assertThat(reads).as("the first of the other makes it known").hasValue(2 + 3);
    }

    @Test
    void aReadingOfSeveralThatAChangeOvertookIsNotRemembered() {
        readTimes(watch, 1);

        watch.views(Set.of(product), ids -> {
            watch.changed(product);
            return readOf(ids, product);
        });
        readTimes(watch, 1);

        assertThat(reads).hasValue(3);
    }

    @Test
    void withoutMemorySeveralAreReadEachTime() {
        StockMemory none = watch(Duration.ZERO, Duration.ZERO);

        none.views(Set.of(product), ids -> readOf(ids, product));
        none.views(Set.of(product), ids -> readOf(ids, product));

        assertThat(reads).hasValue(2);
    }

    private Map<ProductId, ProductView> readOf(Set<ProductId> asked, ProductId... expected) {
        assertThat(asked).containsExactlyInAnyOrder(expected);
        reads.addAndGet(asked.isEmpty() ? 0 : 1);
        return asked.stream()
                .collect(Collectors.toMap(
                        id -> id, id -> new ProductView(Examples.product(id), Stock.untouched(id, 3), SaleState.OPEN)));
    }

    @Test
    void withoutMemoryEveryReadReads() {
        readTimes(watch(Duration.ZERO, Duration.ZERO), 4);

        assertThat(reads).hasValue(4);
    }

    @Test
    void whoComesAfterNothingWasLeftIsRefusedFromMemoryForAMoment() {
        learn(new HoldOutcome.SoldOut(product));

        assertThat(watch.refusal(madeLater())).contains(new HoldOutcome.SoldOut(product));
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void whatIsHeldIsRememberedNoLongerThanUntilItMayReturn() {
        learn(new HoldOutcome.AllHeld(product, Duration.ofMillis(20)));

        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(19));
        assertThat(watch.refusal(madeLater())).isPresent();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void whatThisNodeSeesReturnIsNotRefused() {
        learn(new HoldOutcome.SoldOut(product));

        watch.changed(product);

        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void aRefusalThatAChangeOvertookIsNotRemembered() {
        long before = watch.versionBefore(product);
        watch.changed(product);

        boolean unused = watch.learn(product, before, new HoldOutcome.SoldOut(product));

        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void aRequestThatMayBeARepetitionIsNotAnsweredFromMemory() {
        HoldRequest before = request(holdIds.next());
        learn(new HoldOutcome.SoldOut(product));

        assertThat(watch.refusal(before)).isEmpty();
        assertThat(watch.refusal(request(new HoldId(UUID.randomUUID())))).isEmpty();
    }

    /** One of 4,096 is taken for its own, so some are tried. */
    @Test
    void anIdThatAnotherNodeMadeByAClockThatIsAheadIsNotAnsweredFromMemory() {
        learn(new HoldOutcome.SoldOut(product));
        HoldIds ahead = new HoldIds(() -> millis.get() + 10_000);

        long answered = Stream.generate(() -> watch.refusal(request(ahead.next())))
                .limit(1000)
                .filter(Optional::isPresent)
                .count();

        assertThat(answered).isLessThan(20);
    }

    @Test
    void aClockThatIsSetBackMakesNoRepetitionOfAnId() {
        HoldRequest granted = request(holdIds.next());
        learn(new HoldOutcome.SoldOut(product));
        millis.addAndGet(-10_000);

        assertThat(watch.refusal(granted)).isEmpty();
        learn(new HoldOutcome.SoldOut(product));
        assertThat(watch.refusal(granted)).isEmpty();
    }

    @Test
    void whatOneBuyerIsRefusedForIsNoRefusalOfOthers() {
        List<HoldOutcome> ofOne = List.of(
                new HoldOutcome.LimitReached(product, 1, 1),
                new HoldOutcome.CustomerRequired(product),
                new HoldOutcome.QuantityTooLarge(product, 1));
        for (HoldOutcome outcome : ofOne) {
            assertThat(watch.learn(product, watch.versionBefore(product), outcome))
                    .isFalse();
        }

        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void aSaleThatIsNotOpenIsRememberedAsThatUntilItOpens() {
        HoldOutcome soon = new HoldOutcome.NotOnSale(product, SaleWindow.ALWAYS, Optional.of(Duration.ofMillis(1)));
        learn(soon);
        assertThat(watch.refusal(madeLater())).contains(soon);
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(watch.refusal(madeLater())).isEmpty();

        HoldOutcome over = new HoldOutcome.NotOnSale(product, SaleWindow.ALWAYS, Optional.empty());
        learn(over);
        assertThat(watch.refusal(madeLater())).contains(over);
        watch.changed(product);
        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void anythingLeftIsNotRemembered() {
        learn(new HoldOutcome.InsufficientStock(product, 1));
        learn(new HoldOutcome.UnknownProduct(product));

        assertThat(watch.refusal(madeLater())).isEmpty();
    }

    @Test
    void withoutMemoryEveryBuyerAsksTheDatabase() {
        StockMemory none = watch(Duration.ZERO, Duration.ZERO);

        boolean unused = none.learn(product, none.versionBefore(product), new HoldOutcome.SoldOut(product));

        assertThat(none.refusal(madeLater())).isEmpty();
    }

    private StockMemory watch(Duration readMemory, Duration soldOutMemory) {
        return new StockMemory(
                Settings.builder()
                        .readMemory(readMemory)
                        .soldOutMemory(soldOutMemory)
                        .build(),
                nanos::get,
                holdIds);
    }

    private void learn(HoldOutcome outcome) {
        boolean unused = watch.learn(product, watch.versionBefore(product), outcome);
    }

    private HoldRequest madeLater() {
        millis.incrementAndGet();
        return request(holdIds.next());
    }

    private HoldRequest request(HoldId id) {
        return new HoldRequest(id, product, new Quantity(1));
    }

    private void readTimes(StockMemory which, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(which.view(product, read())).isPresent();
        }
    }

    private Supplier<Optional<ProductView>> read() {
        return () -> {
            reads.incrementAndGet();
            return Optional.of(new ProductView(Examples.product(product), Stock.untouched(product, 3), SaleState.OPEN));
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
