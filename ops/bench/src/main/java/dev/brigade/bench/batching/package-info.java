/** What putting calls of many callers together gains: batches of one model, in this JVM. */
@NullMarked
package dev.brigade.bench.batching;

import org.jspecify.annotations.NullMarked;
