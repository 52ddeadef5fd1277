/**
 * Writes stock, and returns pieces of what is over to it.
 *
 * <p>The stock rows are the last that a transaction locks; whoever has one waits for nobody with it in hand.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.stock;

import org.jspecify.annotations.NullMarked;
