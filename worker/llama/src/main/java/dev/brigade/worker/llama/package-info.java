/** GGUF models, each in an engine process of its own that the worker starts, watches and ends. */
@NullMarked
package dev.brigade.worker.llama;

import org.jspecify.annotations.NullMarked;
