/** A browser that tests look at pages with. */
@NullMarked
package dev.flashsale.app.browser;

import org.jspecify.annotations.NullMarked;
