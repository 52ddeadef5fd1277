package dev.flashsale.application;

import dev.flashsale.application.batch.Asked;
import dev.flashsale.application.batch.Batch;
import dev.flashsale.application.batch.BatchedUseCase;
import dev.flashsale.application.batch.IdempotentBatch;
import dev.flashsale.application.batch.OutcomeCodec;
import dev.flashsale.application.port.Transactions;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import java.util.List;

/** A use case by itself, without a queue and without memory: each call is a transaction of its own. */
final class Directly<Q, A> {

    private final Transactions transactions;
    private final BatchedUseCase<Q, A> useCase;

    Directly(Transactions transactions, BatchedUseCase<Q, A> useCase) {
        this.transactions = transactions;
        this.useCase = useCase;
    }

    A one(Q request) {
        return all(List.of(request)).get(0);
    }

    List<A> all(List<Q> requests) {
        return all(Batch.of(requests));
    }

    List<A> all(Batch<Q> batch) {
        return transactions.runAlone(tx -> useCase.decide(tx, batch));
    }

    List<KeyedOutcome<A>> allOnce(OutcomeCodec<Q, A> codec, Batch<Asked<Q>> batch) {
        IdempotentBatch<Q, A> once = new IdempotentBatch<>(codec);
        return transactions.runAlone(tx -> once.decide(tx.idempotencyKeys(), batch, open -> useCase.decide(tx, open)));
    }
}
