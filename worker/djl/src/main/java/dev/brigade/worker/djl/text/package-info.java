/** From texts to tokens, from tokens to tensors, and from tensors to vectors. */
@NullMarked
package dev.brigade.worker.djl.text;

import org.jspecify.annotations.NullMarked;
