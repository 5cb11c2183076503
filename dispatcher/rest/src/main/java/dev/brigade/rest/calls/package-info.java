/** What all calls for inference have in common, whatever their task. */
@NullMarked
package dev.brigade.rest.calls;

import org.jspecify.annotations.NullMarked;
