/**
 * {@code /api/orders}: what is asked, what is answered to each outcome, what an order looks like.
 *
 * <p>The server may depend on it, and the holds, which show the order that they have become.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.order;

import org.jspecify.annotations.NullMarked;
