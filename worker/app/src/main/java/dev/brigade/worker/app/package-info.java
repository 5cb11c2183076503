/** The worker's program. */
@NullMarked
package dev.brigade.worker.app;

import org.jspecify.annotations.NullMarked;
