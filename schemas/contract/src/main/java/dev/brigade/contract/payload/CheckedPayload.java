package dev.brigade.contract.payload;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.StoredPayload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** A stream of stored bytes that fails where they are not those that the digest names. */
public final class CheckedPayload extends FilterInputStream {

    private final StoredPayload payload;
    private final MessageDigest digest = PayloadDigest.sha256();
    private long left;
    private boolean checked;

    private CheckedPayload(InputStream raw, StoredPayload payload) {
        super(raw);
        this.payload = payload;
        this.left = payload.getBytes();
    }

    /** The same bytes, checked for their number and digest. Closing it closes {@code raw}. */
    public static InputStream of(InputStream raw, StoredPayload payload) {
        return new CheckedPayload(raw, payload);
    }

    static byte[] read(PayloadStore store, StoredPayload payload, long maxBytes) {
        if (payload.getBytes() > Math.min(maxBytes, Integer.MAX_VALUE - 8)) {
            throw new PayloadException(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "a payload of %d bytes is more than the %d that may be read here"
                            .formatted(payload.getBytes(), maxBytes));
        }
        try (InputStream in = store.open(payload)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw down(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
            count = in.read(into, offset, length);
        } catch (IOException e) {
            throw down(e);
        }
        if (count < 0) {
            check();
        } else {
            left -= count;
            if (left < 0) {
                throw mismatch();
            }
            digest.update(into, offset, count);
        }
        return count;
    }

    /** Skipped bytes are read: the digest needs them. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(8192, Math.max(count, 0))];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void mark(int limit) {}

    @Override
    public void reset() throws IOException {
        throw new IOException("mark is not supported");
    }

    private void check() {
        if (checked) {
            return;
        }
        if (left != 0 || !HexFormat.of().formatHex(digest.digest()).equals(payload.getDigest())) {
            throw mismatch();
        }
        checked = true;
    }

    private static PayloadException mismatch() {
        return new PayloadException(
                ErrorCode.DIGEST_MISMATCH, "the stored bytes are not those that the digest names");
    }

    private static PayloadException down(IOException e) {
        return new PayloadException(
                ErrorCode.PAYLOAD_STORE_DOWN, "the payload store stopped while it was read", e);
    }
}
