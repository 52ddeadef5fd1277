/**
 * What is sold: its identity, its name, its price and the rules of its sale. Depends on no other concept.
 *
 * <p>API: what the use cases take and give. Policies and repositories are for the other modules and may change in any
 * version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.domain.product;

import org.jspecify.annotations.NullMarked;
