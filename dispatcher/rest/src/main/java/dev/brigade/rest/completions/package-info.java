/** POST /v1/chat/completions and /v1/completions. */
@NullMarked
package dev.brigade.rest.completions;

import org.jspecify.annotations.NullMarked;
