/** What became of requests, told from the log alone. */
@NullMarked
package dev.brigade.standalone.saga;

import org.jspecify.annotations.NullMarked;
