/** Micro-benchmarks of hot code, each beside a baseline. */
@NullMarked
package dev.brigade.bench.jmh;

import org.jspecify.annotations.NullMarked;
