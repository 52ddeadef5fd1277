package dev.flashsale.adapter.jdbc.testing;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/** What Spring Boot configures where a Flashsale is in memory, listed in {@code META-INF/spring}: the application's settings. */
@ImportAutoConfiguration
final class InMemoryAutoConfiguration {}
