package dev.flashsale.application;

import dev.flashsale.domain.hold.HoldId;
import dev.flashsale.domain.order.OrderId;
import dev.flashsale.domain.stock.Quantity;
import java.util.Optional;

/**
 * Pieces of a product that its limit counts for a customer.
 *
 * @param orderId the order that the hold has become, if it has
 */
public record CountedHold(HoldId holdId, Quantity quantity, Optional<OrderId> orderId) {}
