package dev.flashsale.domain.payment;

import java.math.BigDecimal;

/**
 * What a refund gave back.
 *
 * @param payment the success that the money was of
 * @param amount how much of it, in its currency; 0 where pieces alone came back
 */
public record GivenBack(TransactionId payment, BigDecimal amount) {

    public GivenBack {
        amount = amount.setScale(Payment.MAX_DECIMALS);
    }
}
