/**
 * Tells the world what a sale does: whatever is written to holds, orders, payments and stocks is an event, whoever writes it.
 *
 * <p>Where nobody has subscribed, transactions pass as they are, and nothing here is run.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.event;

import org.jspecify.annotations.NullMarked;
