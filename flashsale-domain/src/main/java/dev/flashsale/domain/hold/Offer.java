package dev.flashsale.domain.hold;

import dev.flashsale.domain.stock.Stock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a product has for buyers, and for which of them.
 *
 * @param stock locked
 * @param taken pieces that each customer has already; looked at if the product has a limit per customer
 * @param nextReturn the earliest moment at which held or unpaid pieces of the product could return by themselves, if
 *     there are any; looked at for refusals alone
 */
public record Offer(Stock stock, Map<CustomerId, Integer> taken, Optional<Instant> nextReturn) {}
