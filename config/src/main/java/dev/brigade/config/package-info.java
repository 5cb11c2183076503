/**
 * Reads and validates {@code models.yaml}, {@code routing.yaml}, {@code orchestration.yaml}, {@code
 * presets.yaml} and the prompts.
 */
@NullMarked
package dev.brigade.config;

import org.jspecify.annotations.NullMarked;
