/**
 * The use cases by who asks for them, handed out by {@link dev.flashsale.application.Flashsale}.
 *
 * <p>Depends on the domain alone. The packages below are by feature, know one another in one direction, and this one for its
 * types; {@code Flashsale} alone knows them all. Every use case works on a batch, of one if need be: it locks, lets a domain rule
 * decide and writes, in one transaction whose body may run twice. Locks are taken in one order: known payments, holds,
 * orders, kept payments, each by id, and last the stock rows by product id, so that the rows everybody fights for are
 * locked for the shortest time and nobody waits with one in hand.
 *
 * <p>API: every public type.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application;

import org.jspecify.annotations.NullMarked;
