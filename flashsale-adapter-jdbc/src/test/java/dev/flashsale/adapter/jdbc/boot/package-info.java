/** The library in a host of Spring Boot, all as a host has it. */
@NullMarked
package dev.flashsale.adapter.jdbc.boot;

import org.jspecify.annotations.NullMarked;
