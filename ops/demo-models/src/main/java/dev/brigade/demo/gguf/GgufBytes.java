package dev.brigade.demo.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The head of a GGUF file while it is being put together, little-endian. */
final class GgufBytes {

    static final int UINT32 = 4;
    static final int INT32 = 5;
    static final int FLOAT32 = 6;
    static final int BOOL = 7;
    static final int TEXT = 8;
    static final int ARRAY = 9;
    static final int UINT64 = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    GgufBytes int32(int value) {
        out.writeBytes(buffer(4).putInt(value).array());
        return this;
    }

    GgufBytes int64(long value) {
        out.writeBytes(buffer(8).putLong(value).array());
        return this;
    }

    GgufBytes float32(float value) {
        out.writeBytes(buffer(4).putFloat(value).array());
        return this;
    }

    GgufBytes text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int64(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** A metadata value with its type in front. */
    GgufBytes value(GgufValue value) {
        switch (value) {
            case GgufValue.Uint32 v -> int32(UINT32).int32((int) v.value());
            case GgufValue.Int32 v -> int32(INT32).int32(v.value());
            case GgufValue.Uint64 v -> int32(UINT64).int64(v.value());
            case GgufValue.Float32 v -> int32(FLOAT32).float32(v.value());
            case GgufValue.Bool v -> int32(BOOL).int8(v.value() ? 1 : 0);
            case GgufValue.Text v -> int32(TEXT).text(v.value());
            case GgufValue.Texts v -> array(TEXT, v.values().size()).texts(v);
            case GgufValue.Int32s v -> {
                array(INT32, v.values().size());
                v.values().forEach(this::int32);
            }
            case GgufValue.Float32s v -> {
                array(FLOAT32, v.values().size());
                v.values().forEach(this::float32);
            }
        }
        return this;
    }

    /** Everything so far, with zeros up to the next multiple of {@code alignment}. */
    ByteBuffer paddedTo(int alignment) {
        while (out.size() % alignment != 0) {
            out.write(0);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private GgufBytes int8(int value) {
        out.write(value);
        return this;
    }

    private GgufBytes array(int type, int length) {
        return int32(ARRAY).int32(type).int64(length);
    }

    private GgufBytes texts(GgufValue.Texts texts) {
        texts.values().forEach(this::text);
        return this;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
