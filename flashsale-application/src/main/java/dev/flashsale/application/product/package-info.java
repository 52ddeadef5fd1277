/**
 * Products: looked at, put on sale, changed.
 *
 * <p>The one place that writes totals, so that the ledger adds up to them.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.product;

import org.jspecify.annotations.NullMarked;
