/** Models on servers that speak OpenAI's API. */
@NullMarked
package dev.brigade.worker.remote;

import org.jspecify.annotations.NullMarked;
