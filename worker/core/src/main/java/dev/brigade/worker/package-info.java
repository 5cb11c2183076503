/** A worker, put together from its parts. */
@NullMarked
package dev.brigade.worker;

import org.jspecify.annotations.NullMarked;
