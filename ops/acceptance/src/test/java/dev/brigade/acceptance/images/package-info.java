/** Images, vectors and batches of images through the whole system. */
@NullMarked
package dev.brigade.acceptance.images;

import org.jspecify.annotations.NullMarked;
