package dev.flashsale.app.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A crowd goes for the last pieces at once: as many get one as there are, and everybody else is told so. */
final class Race {

    private static final int BUYERS = 40;
    private static final long LAST_PIECES = 5;
    private static final long MOST_PER_ORDER = 1_000_000;
    private static final int BUSY_TRIES = 20;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(250);

    private final Purchase purchase;

    Race(Purchase purchase) {
        this.purchase = purchase;
    }

    /** Leaves as much available as there was before. */
    String run() {
        List<Answer> setAside = setAsideAllBut(LAST_PIECES);
        long left = purchase.available();
        List<Answer> answers = buyAllAtOnce();
        List<Answer> winners =
                answers.stream().filter(answer -> answer.status() == 201).toList();
        for (Answer winner : winners) {
            Answer unused = purchase.shop().release(winner.text("hold_id"));
        }
        setAside.forEach(purchase::fail);
        for (Answer answer : answers) {
            if (answer.status() != 201) {
                Answer unused = answer.expect(409);
            }
        }
        if (winners.size() != left) {
            throw new Unexpected(BUYERS + " buyers wanted the last " + left + ", and " + winners.size() + " got one");
        }
        return BUYERS + " buyers, " + left + " left: " + winners.size() + " × 201, " + (BUYERS - winners.size())
                + " × 409; released again, " + purchase.expectAvailable();
    }

    /** As orders that are not paid: unlike holds they last longer than this race, whatever the server's settings. */
    private List<Answer> setAsideAllBut(long left) {
        List<Answer> orders = new ArrayList<>();
        while (purchase.available() > left) {
            orders.add(purchase.order(purchase.hold(Math.min(MOST_PER_ORDER, purchase.available() - left))));
        }
        return orders;
    }

    private List<Answer> buyAllAtOnce() {
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < BUYERS; i++) {
                answers.add(buyers.submit(this::buyOne));
            }
            List<Answer> all = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new Unexpected("a buyer got no answer: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unexpected("interrupted");
        }
    }

    /** A server that is busy says so, and to ask again is right. */
    private Answer buyOne() {
        Answer answer = purchase.shop().hold(purchase.productId(), 1);
        for (int tries = 1; answer.status() == 503 && tries < BUSY_TRIES; tries++) {
            Purchase.pause(BUSY_PAUSE);
            answer = purchase.shop().hold(purchase.productId(), 1);
        }
        return answer;
    }
}
