/** Which waiting job of a model goes out next. */
@NullMarked
package dev.brigade.dispatcher.scheduling;

import org.jspecify.annotations.NullMarked;
