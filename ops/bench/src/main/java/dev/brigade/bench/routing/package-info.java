/** How many requests the dispatcher routes, against plain copiers with the same guarantees. */
@NullMarked
package dev.brigade.bench.routing;

import org.jspecify.annotations.NullMarked;
