/** What sagas cost beside their model calls: time of each stage, state, and memory of many. */
@NullMarked
package dev.brigade.bench.sagas;

import org.jspecify.annotations.NullMarked;
