/** Checks JSON schemas before the native converter, which aborts the process on a malformed one. */
@NullMarked
package dev.brigade.worker.llama.schema;

import org.jspecify.annotations.NullMarked;
