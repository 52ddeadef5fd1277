package dev.flashsale.application.batch;

import dev.flashsale.domain.idempotency.IdempotencyKey;
import dev.flashsale.domain.idempotency.IdempotencyKeyRepository;
import dev.flashsale.domain.idempotency.KeptOutcome;
import dev.flashsale.domain.idempotency.KeyedOutcome;
import dev.flashsale.domain.idempotency.ScopedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides each request under an idempotency key once and keeps its outcome in the same transaction. Requests without a key
 * are passed on as they are, at no statement's cost.
 *
 * <p>Of two transactions that keep an outcome under one key, the second waits in its insert and then fails as for any
 * duplicate key: it is run again, and finds what the first has kept. So the keys are the last rows that a transaction
 * locks, in their order, and nobody who waits for one has anything that the first still needs.
 *
 * @param <Q> a request
 * @param <A> its outcome
 */
public final class IdempotentBatch<Q, A> {

    private final OutcomeCodec<Q, A> codec;

    public IdempotentBatch(OutcomeCodec<Q, A> codec) {
        this.codec = codec;
    }

    /**
     * Answers a batch in a transaction, which must be run again after a duplicate key.
     *
     * @param keys the transaction's
     * @param decide decides those that are not known: one outcome for each, in their order
     * @return one for each of the batch, in its order
     */
    public List<KeyedOutcome<A>> decide(
            IdempotencyKeyRepository keys, Batch<Asked<Q>> batch, Function<Batch<Q>, List<A>> decide) {
        Map<ScopedKey, KeptOutcome> kept = new TreeMap<>();
        List<Q> open = new ArrayList<>();
        Map<ScopedKey, Integer> firstAt = new TreeMap<>();
        admit(keys, batch.requests(), kept, open, firstAt);
        Batch<Q> undecided = Batch.of(open, fits -> {
            int before = open.size();
            admit(keys, batch.join(asked -> fits.test(asked.request())), kept, open, firstAt);
            return open.subList(before, open.size());
        });
        List<A> outcomes = open.isEmpty() ? List.of() : decide.apply(undecided);
        Map<ScopedKey, KeptOutcome> fresh = new TreeMap<>();
        firstAt.forEach((key, at) -> codec.outcome(outcomes.get(at))
                .ifPresent(outcome -> fresh.put(key, new KeptOutcome(key, codec.request(open.get(at)), outcome))));
        kept.putAll(meanwhile(keys, firstAt.keySet(), fresh.keySet()));
        keys.insert(fresh.values());
        return answers(batch.requests(), kept, fresh.keySet(), firstAt, open, outcomes);
    }

    /** Looks up the keys, and lists the requests that are to be decided: the first under each key, and all without one. */
    private void admit(
            IdempotencyKeyRepository keys,
            List<Asked<Q>> requests,
            Map<ScopedKey, KeptOutcome> kept,
            List<Q> open,
            Map<ScopedKey, Integer> firstAt) {
        kept.putAll(known(keys, requests));
        for (Asked<Q> asked : requests) {
            ScopedKey key = scoped(asked);
            if (key == null || (!kept.containsKey(key) && firstAt.putIfAbsent(key, open.size()) == null)) {
                open.add(asked.request());
            }
        }
    }

    private Map<ScopedKey, KeptOutcome> known(IdempotencyKeyRepository keys, List<Asked<Q>> batch) {
        Set<ScopedKey> keyed = new TreeSet<>();
        for (Asked<Q> asked : batch) {
            ScopedKey key = scoped(asked);
            if (key != null) {
                keyed.add(key);
            }
        }
        return keyed.isEmpty() ? Map.of() : keys.find(keyed);
    }

    /**
     * A refusal that is not kept meets no duplicate key: whoever was refused may have waited for the transaction that granted
     * the same request, and is looked up once more.
     */
    private Map<ScopedKey, KeptOutcome> meanwhile(
            IdempotencyKeyRepository keys, Set<ScopedKey> decided, Set<ScopedKey> fresh) {
        Set<ScopedKey> passing = new TreeSet<>(decided);
        passing.removeAll(fresh);
        return passing.isEmpty() ? Map.of() : keys.findAgain(passing);
    }

    private List<KeyedOutcome<A>> answers(
            List<Asked<Q>> batch,
            Map<ScopedKey, KeptOutcome> kept,
            Set<ScopedKey> fresh,
            Map<ScopedKey, Integer> firstAt,
            List<Q> open,
            List<A> outcomes) {
        List<KeyedOutcome<A>> answers = new ArrayList<>(batch.size());
        int next = 0;
        for (Asked<Q> asked : batch) {
            ScopedKey key = scoped(asked);
            int at = key == null ? next : firstAt.getOrDefault(key, -1);
            boolean first = at == next;
            if (first) {
                next++;
            }
            KeptOutcome known = key == null ? null : kept.get(key);
            if (known != null) {
                answers.add(again(asked, known));
            } else if (first) {
                answers.add(new KeyedOutcome.First<>(outcomes.get(at)));
            } else if (!sameRequest(asked.request(), codec.request(open.get(at)))) {
                answers.add(reused(asked));
            } else if (key != null && fresh.contains(key)) {
                answers.add(new KeyedOutcome.Replayed<>(outcomes.get(at)));
            } else {
                answers.add(new KeyedOutcome.First<>(outcomes.get(at)));
            }
        }
        return answers;
    }

    private KeyedOutcome<A> again(Asked<Q> asked, KeptOutcome known) {
        return sameRequest(asked.request(), known.request())
                ? new KeyedOutcome.Replayed<>(codec.read(asked.request(), known.outcome()))
                : reused(asked);
    }

    private boolean sameRequest(Q request, String written) {
        return codec.request(request).equals(written);
    }

    private KeyedOutcome<A> reused(Asked<Q> asked) {
        return new KeyedOutcome.KeyReused<>(Objects.requireNonNull(asked.key()));
    }

    private @Nullable ScopedKey scoped(Asked<Q> asked) {
        IdempotencyKey key = asked.key();
        return key == null ? null : codec.scoped(key, asked.request());
    }
}
