/**
 * Decodes the lossy pictures of WebP: key frames of VP8, as RFC 6386 describes them, to the last
 * bit as libwebp does. {@link dev.brigade.worker.images.vp8.Vp8Decoder} is the way in.
 */
@NullMarked
package dev.brigade.worker.images.vp8;

import org.jspecify.annotations.NullMarked;
