/** Which mode and models answer a request, or why none can. */
@NullMarked
package dev.brigade.dispatcher.planning;

import org.jspecify.annotations.NullMarked;
