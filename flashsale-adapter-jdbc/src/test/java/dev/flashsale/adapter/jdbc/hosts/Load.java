package dev.flashsale.adapter.jdbc.hosts;

import dev.flashsale.domain.hold.HoldRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One run: many buyers at once for a time, then the books.
 *
 * @param virtual whether the buyers are virtual threads
 */
record Load(Host host, HostDatabase database, int run, boolean virtual, int buyers, int seconds, long seed) {

    private static final int PATIENCE_SECONDS = 90;
    private static final int GRANTED = 64;

    Result go() throws Exception {
        Violations violations = new Violations();
        Counts counts = new Counts();
        Sale sale = Sale.number(run, buyers);
        sale.open(host.flashsale());
        host.bookingsIn(database).execute("truncate table booking");
        String isolation = isolation();

        AtomicReferenceArray<HoldRequest> granted = new AtomicReferenceArray<>(GRANTED);
        SplittableRandom random = new SplittableRandom(seed);
        List<Buyer> all = new ArrayList<>();
        for (int number = 0; number < buyers; number++) {
            all.add(new Buyer(host, sale, number, random.split(), granted, counts, violations));
        }
        if (!await(all, violations)) {
            return new Result(this, isolation, counts, 0, violations);
        }

        Told told = new Told();
        all.forEach(buyer -> told.add(buyer.told, violations));
        new Books(database, host.bookingsIn(database), sale).check(told, violations);
        if (!host.flashsale().audits().audit().clean()) {
            violations.add("the audit is not clean", host.flashsale().audits().audit());
        }
        host.pools().check(violations);
        long placed =
                told.holds.values().stream().filter(fate -> fate != Fate.ABSENT).count();
        return new Result(this, isolation, counts, placed, violations);
    }

    private boolean await(List<Buyer> all, Violations violations) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        CountDownLatch done = new CountDownLatch(all.size());
        List<Thread> threads = new ArrayList<>();
        for (Buyer buyer : all) {
            Thread.Builder kind =
                    virtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
            threads.add(kind.start(() -> {
                try {
                    while (System.nanoTime() < until) {
                        buyer.next();
                    }
                } catch (Throwable failed) {
                    violations.add("a buyer failed", failed);
                } finally {
                    done.countDown();
                }
            }));
        }
        if (done.await(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            return true;
        }
        violations.add("did not come back", done.getCount() + " of " + buyers);
        threads.stream().filter(Thread::isAlive).forEach(thread -> {
            Exception where = new Exception("still here");
            where.setStackTrace(thread.getStackTrace());
            where.printStackTrace(System.out);
        });
        return false;
    }

    private String isolation() throws Exception {
        AtomicReference<String> isolation = new AtomicReference<>("");
        host.inTransaction(bookings -> isolation.set(bookings.isolation()));
        return isolation.get();
    }

    static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
