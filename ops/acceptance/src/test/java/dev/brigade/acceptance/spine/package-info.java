/** A request's way through the whole system, as its users go it. */
@NullMarked
package dev.brigade.acceptance.spine;

import org.jspecify.annotations.NullMarked;
