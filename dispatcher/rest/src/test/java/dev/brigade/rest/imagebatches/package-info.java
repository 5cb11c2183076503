/** Tests of the pieces behind batches of images. */
@NullMarked
package dev.brigade.rest.imagebatches;

import org.jspecify.annotations.NullMarked;
