/**
 * Events for others: how one is written, and the routes by which operators read the outbox.
 *
 * <p>Depends on http, on the pages of the operators and on the values. The delivery and the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.event;

import org.jspecify.annotations.NullMarked;
