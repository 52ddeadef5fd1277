/**
 * {@code /api/holds}: what is asked, what is answered to each outcome, what a hold looks like.
 *
 * <p>Only the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.hold;

import org.jspecify.annotations.NullMarked;
