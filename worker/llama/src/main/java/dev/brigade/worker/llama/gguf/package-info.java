/**
 * Reads and checks the head of a GGUF file before native code, which aborts the process on much of
 * what is wrong with one, sees it.
 */
@NullMarked
package dev.brigade.worker.llama.gguf;

import org.jspecify.annotations.NullMarked;
