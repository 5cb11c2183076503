/**
 * What a backend offers to the worker: load a model, generate on a caller's thread, tell how it is.
 */
@NullMarked
package dev.brigade.worker.backend;

import org.jspecify.annotations.NullMarked;
