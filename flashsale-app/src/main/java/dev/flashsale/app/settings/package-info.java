/**
 * What can be set. {@link dev.flashsale.app.settings.Setting} is the one list, from which come the flags, the help, the
 * defaults and the table of the documentation; {@link dev.flashsale.app.settings.FlashsaleSettings} is what it was set
 * to, checked.
 */
@NullMarked
package dev.flashsale.app.settings;

import org.jspecify.annotations.NullMarked;
