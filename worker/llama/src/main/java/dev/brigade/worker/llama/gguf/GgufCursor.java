package dev.brigade.worker.llama.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads little-endian values from the front of a file and never past its end.
 *
 * <p>Strings are kept byte for byte as ISO 8859-1: two tokens that are different broken UTF-8 stay
 * different. {@link #utf8} decodes them.
 */
final class GgufCursor {

    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    /** Where the buffer ends in the file. */
    private long bufferEnd;

    GgufCursor(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    static String utf8(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    long size() {
        return size;
    }

    long position() {
        return bufferEnd - buffer.remaining();
    }

    long remaining() {
        return size - position();
    }

    int u8(String what) throws IOException, GgufFault {
        need(1, what);
        return buffer.get() & 0xFF;
    }

    int u16(String what) throws IOException, GgufFault {
        need(2, what);
        return buffer.getShort() & 0xFFFF;
    }

    int i32(String what) throws IOException, GgufFault {
        need(4, what);
        return buffer.getInt();
    }

    long u32(String what) throws IOException, GgufFault {
        return Integer.toUnsignedLong(i32(what));
    }

    long i64(String what) throws IOException, GgufFault {
        need(8, what);
        return buffer.getLong();
    }

    /** A count or length: a 64-bit number that is at most {@code limit}. */
    long count(long limit, String what) throws IOException, GgufFault {
        long count = i64(what);
        if (count < 0 || count > limit) {
            throw new GgufFault(
                    "%s is %s, more than the limit of %d"
                            .formatted(what, Long.toUnsignedString(count), limit));
        }
        return count;
    }

    /** A string of at most {@code limit} bytes, one char for each byte. */
    String text(int limit, String what) throws IOException, GgufFault {
        long length = count(limit, "length of " + what);
        if (length > remaining()) {
            throw truncated(what);
        }
        byte[] bytes = new byte[(int) length];
        int filled = 0;
        while (filled < bytes.length) {
            need(1, what);
            int part = Math.min(buffer.remaining(), bytes.length - filled);
            buffer.get(bytes, filled, part);
            filled += part;
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    void skip(long bytes, String what) throws IOException, GgufFault {
        if (bytes > remaining()) {
            throw truncated(what);
        }
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
            return;
        }
        bufferEnd = position() + bytes;
        buffer.limit(0);
    }

    GgufFault truncated(String what) {
        return new GgufFault("is truncated: its %d bytes end within %s".formatted(size, what));
    }

    private void need(int bytes, String what) throws IOException, GgufFault {
        if (buffer.remaining() >= bytes) {
            return;
        }
        if (remaining() < bytes) {
            throw truncated(what);
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            int read = channel.read(buffer, bufferEnd);
            if (read < 0) {
                throw truncated(what);
            }
            bufferEnd += read;
        }
        buffer.flip();
    }
}
