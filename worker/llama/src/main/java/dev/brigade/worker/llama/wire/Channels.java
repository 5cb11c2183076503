package dev.brigade.worker.llama.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Frames on streams: a four-byte length, then that many bytes of body. A longer body than the limit
 * is refused before anything is allocated.
 */
final class Channels {

    /** Longest body. A prompt of a full context of a million tokens stays below it. */
    static final int MOST_BYTES = 16 << 20;

    private Channels() {}

    static void write(DataOutputStream out, byte[] body) throws IOException {
        if (body.length > MOST_BYTES) {
            throw new WireException("a frame of " + body.length + " bytes is too long");
        }
        out.writeInt(body.length);
        out.write(body);
        out.flush();
    }

    /** The next body; empty at an end of the stream between frames. */
    static Optional<byte[]> read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (length < 1 || length > MOST_BYTES) {
            throw new WireException("a frame claims " + length + " bytes");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return Optional.of(body);
    }
}
