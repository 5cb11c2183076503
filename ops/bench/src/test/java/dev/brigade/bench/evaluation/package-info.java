@NullMarked
package dev.brigade.bench.evaluation;

import org.jspecify.annotations.NullMarked;
