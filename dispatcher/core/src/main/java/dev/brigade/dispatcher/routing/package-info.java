/** Which model takes a request, why, and what was ruled out. */
@NullMarked
package dev.brigade.dispatcher.routing;

import org.jspecify.annotations.NullMarked;
