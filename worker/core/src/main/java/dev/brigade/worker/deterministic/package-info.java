/**
 * A backend without a model: its text is a function of prompt and seed, and its speed is
 * configured. Tests and drills use it in place of an engine.
 */
@NullMarked
package dev.brigade.worker.deterministic;

import org.jspecify.annotations.NullMarked;
