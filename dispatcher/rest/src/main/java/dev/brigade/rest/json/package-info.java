/** Strict reading of JSON bodies: nothing is coerced, nothing is ignored. */
@NullMarked
package dev.brigade.rest.json;

import org.jspecify.annotations.NullMarked;
