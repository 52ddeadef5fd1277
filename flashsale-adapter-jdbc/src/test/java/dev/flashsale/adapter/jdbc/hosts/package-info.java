/**
 * What the projects in {@code src/it/hosts} do with the library: each is a program of its own that brings its pool, its
 * transactions and the versions of its framework, and all run the same load and are held to the same books. They get
 * this from the test jar, so it uses nothing but the library, the JDK and, for those that have it, Spring and HikariCP.
 */
@NullMarked
package dev.flashsale.adapter.jdbc.hosts;

import org.jspecify.annotations.NullMarked;
