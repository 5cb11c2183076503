/** Temporary files for what is too much to hold. */
@NullMarked
package dev.brigade.rest.spool;

import org.jspecify.annotations.NullMarked;
