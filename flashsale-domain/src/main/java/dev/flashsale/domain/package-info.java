/**
 * The rules of a limited sale: what a hold, an order and a payment may do to a stock.
 *
 * <p>Depends on the JDK and JSpecify alone. Concepts build on one another in one direction: {@code operator ← product ←
 * stock ← hold ← order ← payment}. Rules are pure: loaded state and the database's time in, outcome and new state out. They
 * never call a port, read a clock or throw for a refusal.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain;

import org.jspecify.annotations.NullMarked;
