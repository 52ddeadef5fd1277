/**
 * An order takes over the pieces of one hold and waits for its payment until a deadline.
 *
 * <p>Invariant: at most one order for each hold, for ever. The deadline is exclusive: pending while
 * {@code now < paymentDeadline}.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.order;

import org.jspecify.annotations.NullMarked;
