/**
 * For tests and demos, never for a sale: what {@link dev.flashsale.application.Flashsale#inMemory()} is made of, the ways to
 * where a test begins, and assertions for AssertJ, which is yours to add. Assertions and beginnings are for any Flashsale, on
 * a database as well. docs/testing.md shows all of it.
 *
 * <p>API: {@link dev.flashsale.application.testing.MovableClock}, {@link dev.flashsale.application.testing.Given} and {@link
 * dev.flashsale.application.testing.FlashsaleAssertions}. The rest may change in any version.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.application.testing;

import org.jspecify.annotations.NullMarked;
