/** Starts the whole system, watches it and ends it. */
@NullMarked
package dev.brigade.standalone.up;

import org.jspecify.annotations.NullMarked;
