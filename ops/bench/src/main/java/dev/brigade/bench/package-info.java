/** Measures the whole system against its bare parts in one run. */
@NullMarked
package dev.brigade.bench;

import org.jspecify.annotations.NullMarked;
