package dev.brigade.worker.images;

import java.nio.charset.StandardCharsets;

/**
 * Numbers in some bytes. Whoever reads past the end learns that the image is truncated.
 *
 * @param bytes shared, not copied
 * @param from first byte of the view
 * @param end one past its last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ByteView(byte[] bytes, int from, int end) {

    static ByteView of(byte[] bytes) {
        return new ByteView(bytes, 0, bytes.length);
    }

    int size() {
        return end - from;
    }

    int u8(long at) throws ImageFault {
        return bytes[place(at, 1)] & 0xff;
    }

    int u16(long at) throws ImageFault {
        int place = place(at, 2);
        return (bytes[place] & 0xff) << 8 | (bytes[place + 1] & 0xff);
    }

    long u32(long at) throws ImageFault {
        return (long) u16(at) << 16 | u16(at + 2);
    }

    int u16Little(long at) throws ImageFault {
        return Short.toUnsignedInt(Short.reverseBytes((short) u16(at)));
    }

    int u24Little(long at) throws ImageFault {
        return u16Little(at) | u8(at + 2) << 16;
    }

    long u32Little(long at) throws ImageFault {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(at)));
    }

    /** Part of this view. */
    ByteView part(long at, long length) throws ImageFault {
        int place = place(at, length);
        return new ByteView(bytes, place, place + (int) length);
    }

    /** Characters, each of one byte. */
    String text(long at, int length) throws ImageFault {
        return new String(bytes, place(at, length), length, StandardCharsets.ISO_8859_1);
    }

    /** Whether the view begins with these characters. */
    boolean startsWith(String text) {
        return has(0, text);
    }

    /** Whether these characters stand at a place. */
    boolean has(int at, String text) {
        if (at + text.length() > size()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ((bytes[from + at + i] & 0xff) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int place(long at, long length) throws ImageFault {
        if (at < 0 || length < 0 || at + length > size()) {
            throw ImageFault.truncated();
        }
        return from + (int) at;
    }
}
