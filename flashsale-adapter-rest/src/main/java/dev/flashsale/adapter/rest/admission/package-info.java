/**
 * Who is let in when a crowd comes, and how often: places for calls at once, and rates for clients.
 *
 * <p>Invariant: a place is taken around the call of a use case alone, never while a client is sending.
 *
 * <p>The packages of the resources and the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.admission;

import org.jspecify.annotations.NullMarked;
