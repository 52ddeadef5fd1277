package dev.flashsale.app.flow;

import java.math.BigDecimal;
import java.util.Map;

/** A payment is reported before its order exists: the number of the next order is guessed from the last two. */
final class EarlyPayment {

    private static final int TRIES = 5;
    private static final long PIECES = 2;

    private final Purchase purchase;

    EarlyPayment(Purchase purchase) {
        this.purchase = purchase;
    }

    /** Buys {@value #PIECES} pieces in the end. */
    String run() {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            String firstHold = purchase.hold(1);
            String secondHold = purchase.hold(1);
            String thirdHold = purchase.hold(PIECES);
            Answer first = purchase.order(firstHold);
            Answer second = purchase.order(secondHold);
            long guess = 2 * second.number("order_id") - first.number("order_id");
            BigDecimal amount = new BigDecimal(first.text("amount")).multiply(BigDecimal.valueOf(PIECES));
            Map<String, Object> report = Purchase.report(guess, "success", amount, first.text("currency"));
            int answered = purchase.shop().pay(report).status();
            Answer third = purchase.shop().order(thirdHold).expect(201);
            purchase.fail(first);
            purchase.fail(second);
            if (third.number("order_id") == guess && answered == 202) {
                purchase.expectPaid(third);
                return "202, kept; order " + guess + " was paid as soon as it was made; " + purchase.expectAvailable();
            }
            purchase.fail(third);
        }
        throw new Unexpected("others order so fast that in " + TRIES + " tries the next order's number was never"
                + " guessed: try again when it is calmer");
    }

    static long pieces() {
        return PIECES;
    }
}
