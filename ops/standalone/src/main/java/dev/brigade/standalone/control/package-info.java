/** Commands on a system that runs already. */
@NullMarked
package dev.brigade.standalone.control;

import org.jspecify.annotations.NullMarked;
