/** Brigade's programs as child processes, as the standalone system starts them. */
@NullMarked
package dev.brigade.bench.programs;

import org.jspecify.annotations.NullMarked;
