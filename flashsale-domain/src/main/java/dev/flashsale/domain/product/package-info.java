/** What is sold: its identity, its name, its price and the rules of its sale. Depends on no other concept. */
@NullMarked
package dev.flashsale.domain.product;

import org.jspecify.annotations.NullMarked;
