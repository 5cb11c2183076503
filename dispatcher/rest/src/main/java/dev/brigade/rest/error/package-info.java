/** Errors in OpenAI's JSON, whatever goes wrong. */
@NullMarked
package dev.brigade.rest.error;

import org.jspecify.annotations.NullMarked;
