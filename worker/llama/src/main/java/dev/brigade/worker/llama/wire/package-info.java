/** What the worker and an engine process say to each other: length-prefixed frames over pipes. */
@NullMarked
package dev.brigade.worker.llama.wire;

import org.jspecify.annotations.NullMarked;
