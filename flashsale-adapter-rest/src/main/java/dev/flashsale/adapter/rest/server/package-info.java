/**
 * What is found at which path and what stands before it, and what the server tells of itself.
 *
 * <p>Depends on every other package here. Only {@link dev.flashsale.adapter.rest.RestServer} may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.server;

import org.jspecify.annotations.NullMarked;
