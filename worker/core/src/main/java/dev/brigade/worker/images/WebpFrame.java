package dev.brigade.worker.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One coded picture of a WebP.
 *
 * @param type {@code VP8 } for lossy, {@code VP8L} for lossless
 * @param alpha how transparent a lossy picture is
 */
record WebpFrame(String type, int width, int height, ByteView data, Optional<ByteView> alpha) {

    private static final String LOSSY = "VP8 ";
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int SIZE_MASK = 0x3fff;
    private static final int HAS_ALPHA = 0x10;

    /** What the decoder's objects for each block of a lossy picture come to, measured. */
    private static final int LOSSY_BYTES_PER_PIXEL = 64;

    private static final int LOSSLESS_BYTES_PER_PIXEL = 12;

    static WebpFrame of(String type, ByteView data, Optional<ByteView> alpha) throws ImageFault {
        if (type.equals(LOSSY)) {
            if (data.u8(3) != 0x9d || data.u8(4) != 0x01 || data.u8(5) != 0x2a) {
                throw ImageFault.truncated();
            }
            return new WebpFrame(
                    type,
                    data.u16Little(6) & SIZE_MASK,
                    data.u16Little(8) & SIZE_MASK,
                    data,
                    alpha);
        }
        if (data.u8(0) != LOSSLESS_SIGNATURE) {
            throw ImageFault.truncated();
        }
        int size = (int) data.u32Little(1);
        return new WebpFrame(
                type,
                (size & SIZE_MASK) + 1,
                (size >>> 14 & SIZE_MASK) + 1,
                data,
                Optional.empty());
    }

    int bytesPerPixel() {
        return type.equals(LOSSY) ? LOSSY_BYTES_PER_PIXEL : LOSSLESS_BYTES_PER_PIXEL;
    }

    /** A whole file of this frame and nothing else. */
    ByteView alone() {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(data.size() + 64);
        if (alpha.isPresent()) {
            chunk(chunks, "VP8X", extendedHeader());
            chunk(chunks, "ALPH", alpha.get());
        }
        chunk(chunks, type, data);
        ByteArrayOutputStream file = new ByteArrayOutputStream(chunks.size() + 12);
        text(file, "RIFF");
        number(file, chunks.size() + 4, 4);
        text(file, "WEBP");
        file.writeBytes(chunks.toByteArray());
        return ByteView.of(file.toByteArray());
    }

    private ByteView extendedHeader() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        number(header, HAS_ALPHA, 4);
        number(header, width - 1, 3);
        number(header, height - 1, 3);
        return ByteView.of(header.toByteArray());
    }

    private static void chunk(ByteArrayOutputStream out, String type, ByteView content) {
        text(out, type);
        number(out, content.size(), 4);
        out.write(content.bytes(), content.from(), content.size());
        if ((content.size() & 1) == 1) {
            out.write(0);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void number(ByteArrayOutputStream out, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(value >>> (8 * i));
        }
    }
}
