/** The life of one request: a plan of stages, walked by a pure function. */
@NullMarked
package dev.brigade.dispatcher.saga;

import org.jspecify.annotations.NullMarked;
