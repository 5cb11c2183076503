/** Asks models through the engine that Brigade's workers use, and measures what they answer. */
@NullMarked
package dev.brigade.demo.evaluate;

import org.jspecify.annotations.NullMarked;
