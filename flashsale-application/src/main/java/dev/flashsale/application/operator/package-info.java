/**
 * What people do who run the sale, and what they look at.
 *
 * <p>Whatever they change is logged with its cause in the same transaction.
 *
 * <p>API: nothing; it is wired by {@link dev.flashsale.application.Flashsale} and may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.operator;

import org.jspecify.annotations.NullMarked;
