/**
 * A small world around the core, driven by one seed: share groups, workers and engines that crash,
 * freeze, repeat themselves and come late, and a checker of what is promised.
 */
@NullMarked
package dev.brigade.dispatcher.simulation;

import org.jspecify.annotations.NullMarked;
