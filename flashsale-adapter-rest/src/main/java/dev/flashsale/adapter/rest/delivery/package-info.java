/**
 * Takes events to the endpoints of others over HTTP, and nowhere else: not into the network that the server stands in.
 *
 * <p>Depends on how events are written and signed, and on the ranges of addresses. Nothing here depends on it. Invariant: what
 * is connected to is an address that was allowed when its name was resolved for this very connection.
 *
 * <p>API: the sender and its settings.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.delivery;

import org.jspecify.annotations.NullMarked;
