package dev.brigade.worker.images;

import dev.brigade.worker.images.vp8.Vp8Decoder;
import dev.brigade.worker.images.vp8l.Vp8lDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/**
 * One coded picture of a WebP.
 *
 * @param type {@code VP8 } for lossy, {@code VP8L} for lossless
 * @param alpha how transparent a lossy picture is
 */
record WebpFrame(String type, int width, int height, ByteView data, Optional<ByteView> alpha) {

    private static final String LOSSY = "VP8 ";
    private static final String LOSSLESS = "VP8L";
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int SIZE_MASK = 0x3fff;

    /** Bytes before the data of a lossless picture. */
    private static final int HEADER = 5;

    private static final int HAS_ALPHA = 0x10;
    private static final int VERSION = 0xe0;

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
        if (data.u8(0) != LOSSLESS_SIGNATURE || (data.u8(HEADER - 1) & VERSION) != 0) {
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

    /** Memory that decoding takes for each pixel. */
    int bytesPerPixel() {
        int lossless = Vp8lDecoder.BYTES_PER_PIXEL;
        int lossy = Vp8Decoder.BYTES_PER_PIXEL + (alpha.isPresent() ? lossless + 1 : 0);
        return type.equals(LOSSLESS) ? lossless : lossy;
    }

    /** The picture, opaque on white. */
    BufferedImage decode() throws ImageFault, InterruptedException {
        if (type.equals(LOSSLESS)) {
            int[] argb = lossless(data.part(HEADER, data.size() - HEADER), width, height);
            return RgbPicture.of(width, height, RgbPicture.onWhite(argb, hasAlpha()));
        }
        BufferedImage picture = RgbPicture.of(width, height, lossy());
        if (alpha.isPresent()) {
            WebpAlpha.apply(alpha.get(), picture);
        }
        return picture;
    }

    private boolean hasAlpha() throws ImageFault {
        return (data.u8(HEADER - 1) & HAS_ALPHA) != 0;
    }

    /** Alpha, red, green and blue of a lossless picture without its header. */
    static int[] lossless(ByteView data, int width, int height)
            throws ImageFault, InterruptedException {
        return damaged(
                () -> Vp8lDecoder.decode(data.bytes(), data.from(), data.end(), width, height));
    }

    private byte[] lossy() throws ImageFault, InterruptedException {
        return damaged(
                () -> Vp8Decoder.decode(data.bytes(), data.from(), data.end(), width, height));
    }

    private interface Decoding<T> {
        T decode() throws IOException;
    }

    private static <T> T damaged(Decoding<T> decoding) throws ImageFault, InterruptedException {
        try {
            return decoding.decode();
        } catch (InterruptedIOException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw ImageFault.truncated();
        }
    }
}
