/**
 * Orders: made of holds, looked at.
 *
 * <p>Locks holds by id, then orders, then payments that were kept for them, then stocks.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.order;

import org.jspecify.annotations.NullMarked;
