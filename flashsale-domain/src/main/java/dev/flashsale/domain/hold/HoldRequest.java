package dev.flashsale.domain.hold;

import dev.flashsale.domain.product.ProductId;
import dev.flashsale.domain.stock.Quantity;

/**
 * A buyer's wish to hold pieces of a product.
 *
 * @param holdId chosen before the attempt, so that a repetition is recognised: the same request under the same id is
 *     granted once
 */
public record HoldRequest(HoldId holdId, ProductId productId, Quantity quantity) {}
