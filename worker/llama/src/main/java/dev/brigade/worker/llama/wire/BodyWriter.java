package dev.brigade.worker.llama.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Writes the fields of a frame's body, big-endian. */
final class BodyWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    BodyWriter(int type) {
        out.write(type);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    BodyWriter i8(int value) {
        out.write(value);
        return this;
    }

    BodyWriter i32(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    BodyWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    BodyWriter truth(boolean value) {
        return i8(value ? 1 : 0);
    }

    BodyWriter text(String value) {
        byte[] utf8 = value.getBytes(UTF_8);
        i32(utf8.length);
        out.write(utf8, 0, utf8.length);
        return this;
    }

    <T> BodyWriter list(List<T> items, Consumer<T> each) {
        i32(items.size());
        items.forEach(each);
        return this;
    }

    BodyWriter optional(OptionalInt value) {
        truth(value.isPresent());
        value.ifPresent(this::i32);
        return this;
    }

    BodyWriter optional(OptionalLong value) {
        truth(value.isPresent());
        value.ifPresent(this::i64);
        return this;
    }

    BodyWriter optional(OptionalDouble value) {
        truth(value.isPresent());
        value.ifPresent(number -> i64(Double.doubleToRawLongBits(number)));
        return this;
    }
}
