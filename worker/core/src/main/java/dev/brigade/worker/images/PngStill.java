package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG. Only the chunks that make up the picture are kept, so that no decoder sees compressed
 * texts or colour profiles.
 */
record PngStill(int width, int height, int bytesPerPixel, int orientation, ByteView picture)
        implements Still {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    /** Bit depths that each kind of colour may have, and its number of channels. */
    private static final Map<Integer, Set<Integer>> DEPTHS =
            Map.of(
                    0, Set.of(1, 2, 4, 8, 16),
                    2, Set.of(8, 16),
                    3, Set.of(1, 2, 4, 8),
                    4, Set.of(8, 16),
                    6, Set.of(8, 16));

    private static final Map<Integer, Integer> CHANNELS = Map.of(0, 2, 2, 4, 3, 1, 4, 2, 6, 4);

    private static final int HEADER_LENGTH = 13;

    static PngStill of(ByteView bytes, ImageSettings limits) throws ImageFault {
        if (!bytes.part(0, SIGNATURE.length()).startsWith(SIGNATURE)) {
            throw ImageFault.notAnImage("the signature of the PNG is damaged");
        }
        ByteView header = header(bytes);
        int width = (int) header.u32(0);
        int height = (int) header.u32(4);
        limits.checkSize(header.u32(0), header.u32(4));
        int depth = header.u8(8);
        int colour = header.u8(9);
        if (!DEPTHS.getOrDefault(colour, Set.of()).contains(depth)) {
            throw ImageFault.notAnImage("the header of the PNG makes no sense");
        }
        Chunks chunks = new Chunks(bytes, limits);
        chunks.walk();
        int bytesPerPixel = CHANNELS.getOrDefault(colour, 4) * (depth > 8 ? 2 : 1);
        return new PngStill(width, height, bytesPerPixel, chunks.orientation, chunks.picture());
    }

    private static ByteView header(ByteView bytes) throws ImageFault {
        ByteView header = bytes.part(SIGNATURE.length() + 8, HEADER_LENGTH);
        if (!bytes.has(SIGNATURE.length() + 4, "IHDR")
                || bytes.u32(SIGNATURE.length()) != HEADER_LENGTH) {
            throw ImageFault.notAnImage("the PNG has no header");
        }
        return header;
    }

    @Override
    public long workingBytes() {
        return (long) width * height * bytesPerPixel;
    }

    @Override
    public BufferedImage decode() throws ImageFault, InterruptedException {
        return Readers.read(ImageFormat.PNG, picture);
    }

    /** Walks over all chunks, and copies what is kept. */
    private static final class Chunks {

        private final ByteView bytes;
        private final ImageSettings limits;
        private final KeptBytes kept;
        private boolean data;
        private int orientation = ExifOrientation.UPRIGHT;

        Chunks(ByteView bytes, ImageSettings limits) {
            this.bytes = bytes;
            this.kept = new KeptBytes(bytes.size());
            this.limits = limits;
        }

        void walk() throws ImageFault {
            kept.write(bytes.bytes(), bytes.from(), SIGNATURE.length());
            long at = SIGNATURE.length();
            String type = "";
            while (!type.equals("IEND")) {
                long length = bytes.u32(at);
                type = bytes.text(at + 4, 4);
                chunk(type, bytes.part(at, length + 12), bytes.part(at + 8, length));
                at += length + 12;
            }
            if (!data) {
                throw ImageFault.truncated();
            }
        }

        ByteView picture() {
            return kept.view();
        }

        private void chunk(String type, ByteView whole, ByteView content) throws ImageFault {
            if (KEPT.contains(type)) {
                checkSum(whole);
                kept.write(whole.bytes(), whole.from(), whole.size());
                data |= type.equals("IDAT");
            } else if (type.equals("eXIf")) {
                orientation = ExifOrientation.of(content);
            } else if (type.equals("acTL")) {
                limits.checkFrames(content.u32(0));
            } else if (Character.isUpperCase(type.charAt(0))) {
                throw ImageFault.unsupported("the PNG needs an extension that is not supported");
            }
        }

        private static void checkSum(ByteView whole) throws ImageFault {
            CRC32 sum = new CRC32();
            sum.update(whole.bytes(), whole.from() + 4, whole.size() - 8);
            if (sum.getValue() != whole.u32(whole.size() - 4)) {
                throw ImageFault.truncated();
            }
        }
    }
}
