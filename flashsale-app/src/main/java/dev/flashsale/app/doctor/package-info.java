/** Looks at what a server needs before there is one. */
@NullMarked
package dev.flashsale.app.doctor;

import org.jspecify.annotations.NullMarked;
