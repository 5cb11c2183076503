/** Trains the demo models with DJL and PyTorch. */
@NullMarked
package dev.brigade.demo.train;

import org.jspecify.annotations.NullMarked;
