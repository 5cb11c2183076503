/** Server-sent events. */
@NullMarked
package dev.brigade.rest.sse;

import org.jspecify.annotations.NullMarked;
