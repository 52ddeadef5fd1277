/**
 * What all routes of the operators have: the token, the cause of what they do, lists a page at a time; and their log.
 *
 * <p>The packages of the resources and the server may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.operator;

import org.jspecify.annotations.NullMarked;
