/** From pictures to tensors, and from a classifier's outputs to probabilities. */
@NullMarked
package dev.brigade.worker.djl.image;

import org.jspecify.annotations.NullMarked;
