package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** An uncompressed BMP. */
record BmpStill(int width, int height, int bits, ByteView picture) implements Still {

    private static final Set<Long> HEADERS = Set.of(12L, 40L, 52L, 56L, 64L, 108L, 124L);
    private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);
    private static final Set<Long> UNCOMPRESSED = Set.of(0L, 3L, 6L);
    private static final int OLD_HEADER = 12;
    private static final int HEADER_AT = 14;
    private static final int COLOUR_SPACE_AT = 70;
    private static final int WITH_COLOUR_SPACE = 108;

    static BmpStill of(ByteView bytes, ImageSettings limits) throws ImageFault {
        long header = bytes.u32Little(HEADER_AT);
        if (!HEADERS.contains(header)) {
            throw ImageFault.notAnImage("the content is not that of an image");
        }
        boolean old = header == OLD_HEADER;
        long width = old ? bytes.u16Little(18) : (int) bytes.u32Little(18);
        long height = old ? bytes.u16Little(20) : Math.abs((long) (int) bytes.u32Little(22));
        int bits = bytes.u16Little(old ? 24 : 28);
        limits.checkSize(width, height);
        if (!BITS.contains(bits) || (!old && !UNCOMPRESSED.contains(bytes.u32Little(30)))) {
            throw ImageFault.unsupported("compressed BMP images are not supported");
        }
        long stride = (width * bits + 31) / 32 * 4;
        bytes.part(bytes.u32Little(10), stride * height);
        return new BmpStill(
                (int) width,
                (int) height,
                bits,
                withoutProfile(bytes, header >= WITH_COLOUR_SPACE));
    }

    /** Says that the colours are plain ones, so that no profile is read. */
    private static ByteView withoutProfile(ByteView bytes, boolean hasColourSpace) {
        if (!hasColourSpace) {
            return bytes;
        }
        byte[] copy = Arrays.copyOfRange(bytes.bytes(), bytes.from(), bytes.end());
        byte[] plain = "BGRs".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(plain, 0, copy, COLOUR_SPACE_AT, plain.length);
        return ByteView.of(copy);
    }

    @Override
    public long workingBytes() {
        return (long) width * height * Math.max(1, bits / 8);
    }

    @Override
    public BufferedImage decode() throws ImageFault, InterruptedException {
        return Readers.read(ImageFormat.BMP, picture);
    }
}
