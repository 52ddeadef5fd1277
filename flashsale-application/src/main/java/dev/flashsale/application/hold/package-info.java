/**
 * Holds: placed, released, extended, changed, looked at.
 *
 * <p>Locks the holds by id, the stocks, or first the holds and then their stocks; see {@link dev.flashsale.application} for the order.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.hold;

import org.jspecify.annotations.NullMarked;
