package dev.brigade.rest.embeddings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Vectors of one answer.
 *
 * @param bytes count times dimensions 32-bit floats, little-endian; from its position on
 */
record Vectors(int count, int dimensions, ByteBuffer bytes) {

    Vectors {
        long needed = (long) count * dimensions * Float.BYTES;
        if (bytes.remaining() != needed) {
            throw new IllegalStateException(
                    "%d vectors of %d floats in %d bytes"
                            .formatted(count, dimensions, bytes.remaining()));
        }
    }

    float[] floats(int index) {
        float[] floats = new float[dimensions];
        slice(index).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    String base64(int index) {
        byte[] one = new byte[dimensions * Float.BYTES];
        slice(index).get(one);
        return Base64.getEncoder().encodeToString(one);
    }

    private ByteBuffer slice(int index) {
        int size = dimensions * Float.BYTES;
        return bytes.slice(bytes.position() + index * size, size);
    }
}
