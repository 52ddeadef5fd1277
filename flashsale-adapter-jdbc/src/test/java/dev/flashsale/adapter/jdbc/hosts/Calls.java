package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.application.Busy;
import dev.flashsale.application.Flashsale;
import dev.flashsale.application.ProductView;
import dev.flashsale.domain.hold.HoldOutcome;
import dev.flashsale.domain.hold.HoldRequest;
import dev.flashsale.domain.hold.ReleaseOutcome;
import dev.flashsale.domain.order.OrderOutcome;
import dev.flashsale.domain.product.ProductId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One thread's calls of the library: what it answers is noted, and what it should not answer is found. */
final class Calls {

    private final Flashsale flashsale;
    private final Told told;
    private final SplittableRandom random;
    private final Counts counts;
    private final Violations violations;
    private boolean joined;
    private boolean lost;

    /** @param told by what others have committed, whatever becomes of the transaction */
    Calls(Flashsale flashsale, Told told, SplittableRandom random, Counts counts, Violations violations) {
        this.flashsale = flashsale;
        this.told = told;
        this.random = random;
        this.counts = counts;
        this.violations = violations;
    }

    /** @param joins whether what is called from now on is part of a transaction of the host's */
    void begin(boolean joins) {
        joined = joins;
        lost = false;
    }

    /** Whether the transaction that was begun last must be done again, all of it. */
    boolean lost() {
        return lost;
    }

    /** Whether it was placed. */
    boolean place(HoldRequest wish, Told notes) {
        HoldOutcome outcome = call(() -> flashsale.holds().place(wish));
        if (outcome instanceof HoldOutcome.Placed placed) {
            if (!placed.holdId().equals(wish.holdId()) || !placed.lines().equals(wish.lines())) {
                violations.add("placed something else", placed + " for " + wish);
            }
            notes.hold(wish.holdId(), Fate.ACTIVE);
            return true;
        }
        if (outcome instanceof HoldOutcome.IdReused || outcome instanceof HoldOutcome.UnknownProduct) {
            violations.add("refused without a reason", outcome);
        }
        return false;
    }

    void repeat(@Nullable HoldRequest wish, Told notes) {
        if (wish == null) {
            return;
        }
        HoldOutcome outcome = call(() -> flashsale.holds().place(wish));
        if (outcome instanceof HoldOutcome.Placed) {
            notes.hold(wish.holdId(), Fate.ACTIVE);
        } else if (outcome != null) {
            violations.add("a hold repeated was not placed again", outcome);
        }
    }

    void order(@Nullable HoldRequest wish, Told notes) {
        if (wish == null) {
            return;
        }
        OrderOutcome outcome = call(() -> flashsale.orders().place(wish.holdId()));
        if (outcome instanceof OrderOutcome.Placed) {
            notes.hold(wish.holdId(), Fate.ORDERED);
        } else if (outcome instanceof OrderOutcome.AlreadyPlaced) {
            told.hold(wish.holdId(), Fate.ORDERED);
        } else if (outcome instanceof OrderOutcome.HoldReleased) {
            told.hold(wish.holdId(), Fate.RELEASED);
        } else if (outcome != null) {
            violations.add("a hold could not be ordered", outcome);
        }
    }

    void release(@Nullable HoldRequest wish, Told notes) {
        if (wish == null) {
            return;
        }
        ReleaseOutcome outcome = call(() -> flashsale.holds().release(wish.holdId()));
        if (outcome instanceof ReleaseOutcome.Released) {
            notes.hold(wish.holdId(), Fate.RELEASED);
        } else if (outcome instanceof ReleaseOutcome.AlreadyOrdered) {
            told.hold(wish.holdId(), Fate.ORDERED);
        } else if (outcome != null) {
            violations.add("a hold could not be released", outcome);
        }
    }

    void view(ProductId product) {
        OptionalInt unused = available(product);
    }

    /** What is left of it; empty after {@code Busy}. */
    OptionalInt available(ProductId product) {
        Optional<ProductView> view = call(() -> flashsale.products().view(product));
        if (view == null) {
            return OptionalInt.empty();
        }
        int available = view.orElseThrow().stock().available();
        if (available < 0) {
            violations.add("less than nothing available", product);
        }
        return OptionalInt.of(available);
    }

    /** Finds it if another number is seen; nothing is seen after {@code Busy}. */
    void expect(int expected, ProductId product, String otherwise) {
        available(product).ifPresent(seen -> {
            if (seen != expected) {
                violations.add(otherwise, seen + " instead of " + expected);
            }
        });
    }

    /** Null after Busy, with which the caller goes on; three times of ten it is thrown instead. */
    private <T> @Nullable T call(Supplier<T> useCase) {
        counts.calls.increment();
        try {
            T answer = useCase.get();
            if (lost) {
                violations.add("done in a transaction that was rolled back by the database", answer);
            }
            return answer;
        } catch (Busy failed) {
            if (!lost) {
                counts.busy(failed, joined);
            }
            if (failed.repeat() == Busy.Repeat.TRANSACTION) {
                lost = true;
                if (!joined) {
                    violations.add("told to repeat a transaction that has no part in it", failed);
                }
            } else if (lost) {
                violations.add("told to go on in a transaction that was rolled back by the database", failed);
            }
            if (random.nextInt(10) < 3) {
                throw failed;
            }
            return null;
        }
    }
}
