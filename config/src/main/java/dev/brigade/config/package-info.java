/** Reads and validates {@code models.yaml}, {@code presets.yaml} and {@code routing.yaml}. */
@NullMarked
package dev.brigade.config;

import org.jspecify.annotations.NullMarked;
