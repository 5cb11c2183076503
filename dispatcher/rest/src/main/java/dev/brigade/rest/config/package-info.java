/** Settings of the REST adapter and its connection to Brigade. */
@NullMarked
package dev.brigade.rest.config;

import org.jspecify.annotations.NullMarked;
