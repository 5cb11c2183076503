package dev.brigade.worker.djl.onnx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.ObjLongConsumer;

/**
 * One message of the protocol buffer format, read field by field. Every length is checked against
 * the message it stands in, so that a file that lies about itself is found out and never followed.
 */
final class Message {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int LONGEST_NAME = 4_096;
    private static final int LONGEST_VARINT = 10;

    private final MemorySegment file;
    private final long end;
    private long at;

    private Message(MemorySegment file, long from, long end) {
        this.file = file;
        this.at = from;
        this.end = end;
    }

    static Message whole(MemorySegment file) {
        return new Message(file, 0, file.byteSize());
    }

    /** Takes the fields of a message as they come. */
    interface Fields {

        /** A number. */
        default void number(int field, long value) {}

        /** A text, a list of numbers, or a message within this one. */
        default void bytes(int field, Message value) {}
    }

    /** Reads all fields. */
    void read(Fields fields) {
        while (at < end) {
            long tag = varint();
            long field = tag >>> 3;
            if (field < 1 || field > (1 << 29) - 1) {
                throw broken();
            }
            switch ((int) (tag & 7)) {
                case VARINT -> fields.number((int) field, varint());
                case FIXED64 -> skip(Long.BYTES);
                case FIXED32 -> skip(Integer.BYTES);
                case BYTES -> {
                    long length = varint();
                    long from = at;
                    skip(length);
                    fields.bytes((int) field, new Message(file, from, from + length));
                }
                default -> throw broken();
            }
        }
    }

    long length() {
        return end - at;
    }

    /** This as a text. */
    String text() {
        if (length() > LONGEST_NAME) {
            throw new OnnxFault("it holds a name of " + length() + " bytes");
        }
        byte[] bytes = file.asSlice(at, length()).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** This as numbers one after the other. */
    <T> void packed(T into, ObjLongConsumer<T> each) {
        while (at < end) {
            each.accept(into, varint());
        }
    }

    private void skip(long length) {
        if (length < 0 || length > end - at) {
            throw broken();
        }
        at += length;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && at < end; i++) {
            byte next = file.get(ValueLayout.JAVA_BYTE, at++);
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw broken();
    }

    private OnnxFault broken() {
        return new OnnxFault("it is broken or truncated at byte " + at);
    }
}
