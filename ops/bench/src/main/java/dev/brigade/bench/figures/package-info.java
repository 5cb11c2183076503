/** Arithmetic on what was measured, and how it is printed. */
@NullMarked
package dev.brigade.bench.figures;

import org.jspecify.annotations.NullMarked;
