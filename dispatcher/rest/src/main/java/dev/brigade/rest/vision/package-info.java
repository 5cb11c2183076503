/** Images to classify, one by one. */
@NullMarked
package dev.brigade.rest.vision;

import org.jspecify.annotations.NullMarked;
