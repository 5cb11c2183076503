/** Tokens per second and time to the first token, by every way to the same engine. */
@NullMarked
package dev.brigade.bench.generation;

import org.jspecify.annotations.NullMarked;
