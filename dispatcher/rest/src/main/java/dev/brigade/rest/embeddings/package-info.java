/** OpenAI's embeddings. */
@NullMarked
package dev.brigade.rest.embeddings;

import org.jspecify.annotations.NullMarked;
