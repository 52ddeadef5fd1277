/** The database that the program works on, its own or its user's: how it is reached, and what is said when it is not. */
@NullMarked
package dev.flashsale.app.database;

import org.jspecify.annotations.NullMarked;
