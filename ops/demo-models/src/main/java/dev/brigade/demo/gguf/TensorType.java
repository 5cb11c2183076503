package dev.brigade.demo.gguf;

import java.nio.ByteBuffer;

/** How a tensor's numbers lie in the file. A row is encoded and decoded as a whole. */
public enum TensorType {
    /** IEEE single precision. */
    F32(0) {
        @Override
        public long rowBytes(int columns) {
            return 4L * columns;
        }

        @Override
        void encode(float[] row, ByteBuffer out) {
            for (float value : row) {
                out.putFloat(value);
            }
        }

        @Override
        void decode(ByteBuffer in, float[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = in.getFloat();
            }
        }
    },

    /** IEEE half precision. */
    F16(1) {
        @Override
        public long rowBytes(int columns) {
            return 2L * columns;
        }

        @Override
        void encode(float[] row, ByteBuffer out) {
            for (float value : row) {
                out.putShort(Float.floatToFloat16(value));
            }
        }

        @Override
        void decode(ByteBuffer in, float[] row) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Float.float16ToFloat(in.getShort());
            }
        }
    },

    /** Blocks of 32 numbers: one half precision scale, then 32 signed bytes. */
    Q8_0(8) {
        @Override
        public long rowBytes(int columns) {
            if (columns % BLOCK != 0) {
                throw new IllegalArgumentException(
                        "a Q8_0 row needs a multiple of 32 columns, not " + columns);
            }
            return columns / BLOCK * (2L + BLOCK);
        }

        @Override
        void encode(float[] row, ByteBuffer out) {
            for (int start = 0; start < row.length; start += BLOCK) {
                encodeBlock(row, start, out);
            }
        }

        @Override
        void decode(ByteBuffer in, float[] row) {
            for (int start = 0; start < row.length; start += BLOCK) {
                float scale = Float.float16ToFloat(in.getShort());
                for (int i = start; i < start + BLOCK; i++) {
                    row[i] = scale * in.get();
                }
            }
        }
    };

    private static final int BLOCK = 32;

    private final int id;

    TensorType(int id) {
        this.id = id;
    }

    /** The number of this type in a GGUF file. */
    int id() {
        return id;
    }

    /**
     * Bytes of one encoded row.
     *
     * @throws IllegalArgumentException when this type cannot hold rows of that many columns
     */
    public abstract long rowBytes(int columns);

    abstract void encode(float[] row, ByteBuffer out);

    abstract void decode(ByteBuffer in, float[] row);

    static TensorType of(int id) {
        for (TensorType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown tensor type " + id);
    }

    private static void encodeBlock(float[] row, int start, ByteBuffer out) {
        float largest = 0;
        for (int i = start; i < start + BLOCK; i++) {
            largest = Math.max(largest, Math.abs(row[i]));
        }
        float scale = largest / 127f;
        float inverse = scale == 0 ? 0 : 1f / scale;
        out.putShort(Float.floatToFloat16(scale));
        for (int i = start; i < start + BLOCK; i++) {
            out.put((byte) Math.round(row[i] * inverse));
        }
    }
}
