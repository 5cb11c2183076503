package dev.brigade.worker.images;

import java.io.InterruptedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Encoded bytes for a decoder. Reading ends with an exception once the thread is interrupted: the
 * one way to stop a decoder that has no other.
 */
final class ByteInput extends ImageInputStreamImpl {

    private final ByteView bytes;

    ByteInput(ByteView bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws InterruptedIOException {
        bitOffset = 0;
        if (streamPos >= bytes.size()) {
            return -1;
        }
        checkInterrupt();
        return bytes.bytes()[bytes.from() + (int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws InterruptedIOException {
        bitOffset = 0;
        checkInterrupt();
        if (streamPos >= bytes.size()) {
            return length == 0 ? 0 : -1;
        }
        int n = (int) Math.min(length, bytes.size() - streamPos);
        System.arraycopy(bytes.bytes(), bytes.from() + (int) streamPos, into, offset, n);
        streamPos += n;
        return n;
    }

    @Override
    public long length() {
        return bytes.size();
    }

    private static void checkInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException();
        }
    }
}
