/** OpenAI's batches: requests that stand in a file, line by line. */
@NullMarked
package dev.brigade.rest.batches;

import org.jspecify.annotations.NullMarked;
