/** The database of the tests, for this module and for those that build on it. */
@NullMarked
package dev.flashsale.adapter.jdbc.testing;

import org.jspecify.annotations.NullMarked;
