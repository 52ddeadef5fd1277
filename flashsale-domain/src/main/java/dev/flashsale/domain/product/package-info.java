/** What is sold: its identity, its name and its price. Depends on no other concept. */
@NullMarked
package dev.flashsale.domain.product;

import org.jspecify.annotations.NullMarked;
