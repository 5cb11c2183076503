/** A worker and clients that the bench plays itself, so that nothing but the dispatcher works. */
@NullMarked
package dev.brigade.bench.played;

import org.jspecify.annotations.NullMarked;
