/**
 * {@code /api/payments} and {@code /api/refunds}: what the gateway reports, and what is to be given back.
 *
 * <p>Only the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.payment;

import org.jspecify.annotations.NullMarked;
