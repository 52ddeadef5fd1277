/** Classes that break a rule of the architecture on purpose, so that each rule is seen to find them. */
@NullMarked
package dev.flashsale.app.broken;

import org.jspecify.annotations.NullMarked;
