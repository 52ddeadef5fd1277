/**
 * Products as they change, for those who listen: one reading for all of them, and server-sent events.
 *
 * <p>Invariant: nothing is read and no thread runs while nobody listens; a listener is written to by its own
 * connection's thread alone, so that a slow one delays no other.
 *
 * <p>The packages of the resources and the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.stream;

import org.jspecify.annotations.NullMarked;
