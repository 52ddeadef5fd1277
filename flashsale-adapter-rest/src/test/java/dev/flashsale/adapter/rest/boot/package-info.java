/** The HTTP API in a host of Spring Boot. */
@NullMarked
package dev.flashsale.adapter.rest.boot;

import org.jspecify.annotations.NullMarked;
