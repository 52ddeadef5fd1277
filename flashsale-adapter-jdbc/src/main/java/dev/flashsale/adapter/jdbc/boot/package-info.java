/**
 * What a host's Spring Boot, 3.5 or 4, makes of Flashsale: found by what is in {@code META-INF}, and loaded by Spring Boot
 * alone. Types that have moved between the two are named by strings, or not at all.
 *
 * <p>API: {@link dev.flashsale.adapter.jdbc.boot.FlashsaleDataSource}, {@link dev.flashsale.adapter.jdbc.boot.FlashsaleCustomizer},
 * the name of {@link dev.flashsale.adapter.jdbc.boot.FlashsaleAutoConfiguration}, and the properties {@code flashsale.*}.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.jdbc.boot;

import org.jspecify.annotations.NullMarked;
