package dev.brigade.worker.llama.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the fields of a frame's body; every length is checked against what is left of it. */
final class BodyReader {

    private final ByteBuffer in;

    BodyReader(byte[] body) {
        in = ByteBuffer.wrap(body);
    }

    /** A part of a body that cannot be read without knowing what stands before it. */
    @FunctionalInterface
    interface Part<T> {
        T read() throws WireException;
    }

    int i8() throws WireException {
        return checked(() -> (int) in.get());
    }

    int i32() throws WireException {
        return checked(in::getInt);
    }

    long i64() throws WireException {
        return checked(in::getLong);
    }

    boolean truth() throws WireException {
        return i8() != 0;
    }

    String text() throws WireException {
        int length = i32();
        if (length < 0 || length > in.remaining()) {
            throw new WireException("a text of " + length + " bytes in a shorter frame");
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, UTF_8);
    }

    <T> List<T> list(Part<T> each) throws WireException {
        int count = i32();
        if (count < 0 || count > in.remaining()) {
            throw new WireException("a list of " + count + " in a shorter frame");
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(each.read());
        }
        return items;
    }

    <E extends Enum<E>> E constant(Class<E> type) throws WireException {
        String name = text();
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new WireException("an unknown " + type.getSimpleName());
        }
    }

    OptionalInt optionalInt() throws WireException {
        return truth() ? OptionalInt.of(i32()) : OptionalInt.empty();
    }

    OptionalLong optionalLong() throws WireException {
        return truth() ? OptionalLong.of(i64()) : OptionalLong.empty();
    }

    OptionalDouble optionalDouble() throws WireException {
        return truth() ? OptionalDouble.of(Double.longBitsToDouble(i64())) : OptionalDouble.empty();
    }

    private static <T> T checked(Part<T> part) throws WireException {
        try {
            return part.read();
        } catch (BufferUnderflowException e) {
            throw new WireException("a frame ends too early");
        }
    }
}
