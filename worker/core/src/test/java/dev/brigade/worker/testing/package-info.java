/** Doubles that the worker's tests share. */
@NullMarked
package dev.brigade.worker.testing;

import org.jspecify.annotations.NullMarked;
