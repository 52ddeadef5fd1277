/**
 * By what a webhook is known to be the payment gateway's: one class for each way to sign. One's own are signed by the same.
 *
 * <p>Depends on the problems of http and on the settings. The route of the payments, the delivery and the server may depend
 * on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.webhook;

import org.jspecify.annotations.NullMarked;
