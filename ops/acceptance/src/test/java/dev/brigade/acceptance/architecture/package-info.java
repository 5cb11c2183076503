/** The rules that the modules keep. */
@NullMarked
package dev.brigade.acceptance.architecture;

import org.jspecify.annotations.NullMarked;
