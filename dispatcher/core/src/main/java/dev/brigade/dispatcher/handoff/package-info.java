/** Writes what passes between stages into a prompt that fits the next model's window. */
@NullMarked
package dev.brigade.dispatcher.handoff;

import org.jspecify.annotations.NullMarked;
