/** A question to the running system, answered in the terminal. */
@NullMarked
package dev.brigade.standalone.ask;

import org.jspecify.annotations.NullMarked;
