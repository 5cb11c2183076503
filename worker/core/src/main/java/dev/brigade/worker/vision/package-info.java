/**
 * Classification by a vision-language model: asks in words, and reads a label out of the answer.
 */
@NullMarked
package dev.brigade.worker.vision;

import org.jspecify.annotations.NullMarked;
