@NullMarked
package dev.brigade.bench.figures;

import org.jspecify.annotations.NullMarked;
