@NullMarked
package dev.brigade.bench.sagas;

import org.jspecify.annotations.NullMarked;
