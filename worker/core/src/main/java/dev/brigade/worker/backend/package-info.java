/** What a backend offers to the worker: load a model, call it, tell how it is. */
@NullMarked
package dev.brigade.worker.backend;

import org.jspecify.annotations.NullMarked;
