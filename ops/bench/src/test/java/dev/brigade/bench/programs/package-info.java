@NullMarked
package dev.brigade.bench.programs;

import org.jspecify.annotations.NullMarked;
