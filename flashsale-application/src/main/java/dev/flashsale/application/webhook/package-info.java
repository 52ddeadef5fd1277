/**
 * Has events sent to endpoints. Nothing of a sale is locked for it, and nothing is locked while something is sent.
 *
 * <p>Invariant: a position moves past an event only once the endpoint has taken it, and only by the relay that has the endpoint's
 * lease.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.webhook;

import org.jspecify.annotations.NullMarked;
