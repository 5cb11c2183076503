/** Models that stay loaded because requests will need them again. */
@NullMarked
package dev.brigade.worker.pins;

import org.jspecify.annotations.NullMarked;
