/**
 * Decodes the lossless pictures of WebP, as RFC 9649 describes them. {@link
 * dev.brigade.worker.images.vp8l.Vp8lDecoder} is the way in.
 */
@NullMarked
package dev.brigade.worker.images.vp8l;

import org.jspecify.annotations.NullMarked;
