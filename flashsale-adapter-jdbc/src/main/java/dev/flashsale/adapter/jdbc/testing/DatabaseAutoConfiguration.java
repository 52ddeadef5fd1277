package dev.flashsale.adapter.jdbc.testing;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * What Spring Boot configures where a {@link FlashsaleTest} is on a database, listed in {@code META-INF/spring}: of 3.5 and of
 * 4, whichever is there.
 */
@ImportAutoConfiguration
final class DatabaseAutoConfiguration {}
