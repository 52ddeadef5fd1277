package dev.flashsale.application.batch;

import dev.flashsale.application.Busy;
import dev.flashsale.application.GroupCommitBounds;
import dev.flashsale.application.NotSetUp;
import dev.flashsale.application.SaleListener;
import dev.flashsale.application.SaleObserver;
import dev.flashsale.application.Trouble;
import dev.flashsale.application.port.Transaction;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through a use case whose requests share transactions, from top to bottom:
 *
 * <pre>
 *   a caller's transaction? ──yes──▶ decided in it, alone, and told once that is committed
 *     │ no
 *   remembered? ──yes──▶ answered from memory        (not under a key: it may repeat one that was granted)
 *     │ no
 *   queue of its lane ──▶ batch ──▶ transaction ──▶ keys, if there are any ──▶ decision ──▶ answer
 * </pre>
 *
 * @param <Q> a request
 * @param <A> what it is answered
 */
public final class Pipeline<Q, A> {

    private final Transactions transactions;
    private final BatchedUseCase<Q, A> useCase;
    private final Memory<Q, A> memory;
    private final @Nullable IdempotentBatch<Q, A> idempotent;
    private final Notifications notifications;
    private final SaleObserver observer;
    private final GroupCommit<Object, Asked<Q>, KeyedOutcome<A>> queues;

    private Pipeline(
            Shared shared,
            BatchedUseCase<Q, A> useCase,
            Memory<Q, A> memory,
            @Nullable IdempotentBatch<Q, A> idempotent) {
        this.transactions = shared.transactions();
        this.useCase = useCase;
        this.memory = memory;
        this.idempotent = idempotent;
        this.notifications = shared.notifications();
        this.observer = shared.observer();
        GroupCommitBounds bounds = shared.bounds();
        queues =
                new GroupCommit<>(this::observedBatch, bounds, useCase.oneTransactionPerLane() ? 1 : bounds.inFlight());
    }

    /** What all pipelines of a sale have in common. */
    public record Shared(
            Transactions transactions, GroupCommitBounds bounds, Notifications notifications, SaleObserver observer) {

        public <Q, A> Pipeline<Q, A> of(BatchedUseCase<Q, A> useCase) {
            return new Pipeline<>(this, useCase, Memory.none(), null);
        }

        public <Q, A> Pipeline<Q, A> of(BatchedUseCase<Q, A> useCase, OutcomeCodec<Q, A> codec) {
            return of(useCase, codec, Memory.none());
        }

        public <Q, A> Pipeline<Q, A> of(BatchedUseCase<Q, A> useCase, OutcomeCodec<Q, A> codec, Memory<Q, A> memory) {
            return new Pipeline<>(this, useCase, memory, new IdempotentBatch<>(codec));
        }
    }

    /**
     * The answer to a request.
     *
     * @throws Busy if the queue or the database could not do it now
     */
    public A ask(Q request) {
        if (!transactions.joins()) {
            Optional<A> remembered = memory.answer(request);
            if (remembered.isPresent()) {
                return remembered.get();
            }
        }
        return switch (answer(new Asked<>(request, null, observer.request()))) {
            case KeyedOutcome.First<A> first -> first.outcome();
            case KeyedOutcome.Replayed<A> again -> throw new IllegalStateException("repeated without a key: " + again);
            case KeyedOutcome.KeyReused<A> reused ->
                throw new IllegalStateException("refused without a key: " + reused);
        };
    }

    /**
     * The same once for all repetitions under the key.
     *
     * @throws Busy if the queue or the database could not do it now
     */
    public KeyedOutcome<A> ask(Q request, IdempotencyKey key) {
        return answer(new Asked<>(request, key, observer.request()));
    }

    private KeyedOutcome<A> answer(Asked<Q> asked) {
        return transactions.joins() ? inCallersTransaction(asked) : inQueue(asked);
    }

    private KeyedOutcome<A> inCallersTransaction(Asked<Q> asked) {
        return transactions.run(tx -> {
            long begun = System.nanoTime();
            List<KeyedOutcome<A>> answer = decide(tx, Batch.of(List.of(asked)));
            SaleListener.Batch batch = told(1, begun);
            tx.afterCommit(() -> tell(batch, answer));
            return answer.getFirst();
        });
    }

    private KeyedOutcome<A> inQueue(Asked<Q> asked) {
        try {
            return queues.submit(transactions.tenant(), useCase.lane(asked.request()), asked);
        } catch (Busy busy) {
            if (busy.where() == Busy.Where.QUEUE) {
                notifications.tell(listener -> listener.turnedAway(useCase.kind()));
            }
            throw busy;
        }
    }

    private List<KeyedOutcome<A>> observedBatch(Batch<Asked<Q>> batch) {
        return observer.batch(
                useCase.kind(),
                () -> batch.requests().stream()
                        .<@Nullable Object>map(Asked::within)
                        .toList(),
                () -> runBatch(batch));
    }

    private List<KeyedOutcome<A>> runBatch(Batch<Asked<Q>> batch) {
        long begun = System.nanoTime();
        Memory.Lesson<Q, A> lesson = memory.before(Asked.requests(batch.requests()));
        List<KeyedOutcome<A>> answers;
        try {
            answers = transactions.runAlone(tx -> decide(tx, batch));
        } catch (Busy busy) {
            tell(told(batch.requests().size(), begun), busy.trouble());
            throw busy;
        } catch (NotSetUp missing) {
            tell(told(batch.requests().size(), begun), Trouble.SETUP);
            throw missing;
        }
        lesson.decided(Asked.requests(batch.requests()), answers);
        tell(told(batch.requests().size(), begun), answers);
        return answers;
    }

    private List<KeyedOutcome<A>> decide(Transaction tx, Batch<Asked<Q>> batch) {
        if (batch.requests().stream().anyMatch(asked -> asked.key() != null)) {
            return Objects.requireNonNull(idempotent, "it takes no keys")
                    .decide(tx.idempotencyKeys(), batch, open -> useCase.decide(tx, open));
        }
        Batch<Q> withoutKeys = Batch.of(
                Asked.requests(batch.requests()),
                fits -> Asked.requests(batch.join(asked -> asked.key() == null && fits.test(asked.request()))));
        return useCase.decide(tx, withoutKeys).stream()
                .<KeyedOutcome<A>>map(KeyedOutcome.First::new)
                .toList();
    }

    private SaleListener.Batch told(int size, long begun) {
        return new SaleListener.Batch(useCase.kind(), size, Duration.ofNanos(System.nanoTime() - begun));
    }

    private void tell(SaleListener.Batch failed, Trouble trouble) {
        notifications.tell(listener -> listener.busy(failed, trouble));
    }

    /** What was answered before is not told again. */
    private void tell(SaleListener.Batch batch, List<KeyedOutcome<A>> answers) {
        List<A> decided = answers.stream()
                .flatMap(answer ->
                        answer instanceof KeyedOutcome.First<A> first ? Stream.of(first.outcome()) : Stream.empty())
                .toList();
        notifications.tell(listener -> useCase.tell(listener, batch, decided));
    }
}
