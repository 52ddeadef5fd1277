package dev.flashsale.domain.event;

import java.time.Instant;

/**
 * An event as the outbox has it, at its place among those of one product.
 *
 * @param id the same at each of its products
 * @param product the product's number, or {@link EventRepository#NO_PRODUCT}
 * @param number its number among those of the product, 1 or more
 * @param payload what is told: an object in JSON
 */
public record KeptEvent(String id, long product, long number, EventKind kind, Instant at, String payload) {}
