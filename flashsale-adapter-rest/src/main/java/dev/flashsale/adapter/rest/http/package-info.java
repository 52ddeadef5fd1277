/**
 * What the routes are made of: a request, an answer as a value, what stands between, and the problems and the JSON that
 * all of them have. One class sends, and it alone: {@link dev.flashsale.adapter.rest.http.Endpoint}.
 *
 * <p>Knows Helidon and Jackson, of the use cases that they may be busy, of connections whose they are, and no resource. Every other package here may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.http;

import org.jspecify.annotations.NullMarked;
