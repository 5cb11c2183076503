/** Tests of the settings. */
@NullMarked
package dev.brigade.rest.config;

import org.jspecify.annotations.NullMarked;
