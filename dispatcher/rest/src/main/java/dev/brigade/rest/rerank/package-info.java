/** Documents in order of how well they answer a query, in the shape of Cohere, Jina and vLLM. */
@NullMarked
package dev.brigade.rest.rerank;

import org.jspecify.annotations.NullMarked;
