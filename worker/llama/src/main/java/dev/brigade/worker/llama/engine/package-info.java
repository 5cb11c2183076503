/** The engine process: the only place where native code runs. Nothing here runs in the worker. */
@NullMarked
package dev.brigade.worker.llama.engine;

import org.jspecify.annotations.NullMarked;
