/** What is left of the guarantees when processes are killed. */
@NullMarked
package dev.brigade.acceptance.kill;

import org.jspecify.annotations.NullMarked;
