/** Publishes the text of an attempt in numbered chunks. */
@NullMarked
package dev.brigade.worker.chunks;

import org.jspecify.annotations.NullMarked;
