/** What a person can set, by environment variables. */
@NullMarked
package dev.brigade.standalone.settings;

import org.jspecify.annotations.NullMarked;
