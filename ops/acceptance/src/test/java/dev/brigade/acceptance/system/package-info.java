/** Starts the real programs against a real broker, and kills them. */
@NullMarked
package dev.brigade.acceptance.system;

import org.jspecify.annotations.NullMarked;
