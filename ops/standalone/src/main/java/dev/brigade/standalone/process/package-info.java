/** Child processes that are watched, logged within bounds and always ended. */
@NullMarked
package dev.brigade.standalone.process;

import org.jspecify.annotations.NullMarked;
