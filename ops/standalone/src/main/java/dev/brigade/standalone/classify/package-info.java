/** {@code classify}: images of a folder as one batch, with its progress and a file of results. */
@NullMarked
package dev.brigade.standalone.classify;

import org.jspecify.annotations.NullMarked;
