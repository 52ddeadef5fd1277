/**
 * A hold reserves pieces of a stock for a short time; it ends as an order, released or expired, once.
 *
 * <p>Invariant: an active hold's pieces are not available. Its {@code expiresAt} is exclusive: valid while
 * {@code now < expiresAt}.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.hold;

import org.jspecify.annotations.NullMarked;
