/**
 * Images on their way into a model: found below allowed folders, checked before they are decoded,
 * decoded on a bounded pool of threads, and turned into numbers.
 *
 * <p>{@link dev.brigade.worker.images.ImageDesk} is the way in. An image passes {@code
 * ImageSources} (whose bytes), {@code ImageFormat} (what they are), one reader of structure per
 * format (how large, how many frames, whether whole), and only then a decoder. No decoder sees
 * metadata: each structure reader copies what the picture needs and leaves out the rest.
 */
@NullMarked
package dev.brigade.worker.images;

import org.jspecify.annotations.NullMarked;
