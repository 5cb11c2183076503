/** Listens to commands for workers. */
@NullMarked
package dev.brigade.worker.control;

import org.jspecify.annotations.NullMarked;
