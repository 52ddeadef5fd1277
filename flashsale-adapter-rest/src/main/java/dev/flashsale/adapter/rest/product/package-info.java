/**
 * {@code /api/products}: looking at them, and what operators do with them.
 *
 * <p>Only the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.product;

import org.jspecify.annotations.NullMarked;
