/**
 * How clients write the domain's values, and read them: ids, money, keys for repetitions, what a hold or
 * an order is of.
 *
 * <p>The packages of the resources and of the operators may depend on it.
 *
 * <p>API: none.
 *
 * @since 0.1
 */
@NullMarked
package dev.flashsale.adapter.rest.value;

import org.jspecify.annotations.NullMarked;
