package dev.brigade.worker.djl.image;

import dev.brigade.worker.backend.ImageModel.PreparedImage;

/**
 * A picture as the model takes it.
 *
 * @param values all of red, then green, then blue, each row by row
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and never compared
record Pixels(float[] values) implements PreparedImage {}
