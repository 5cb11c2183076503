package dev.brigade.worker.images;

import java.awt.image.BufferedImage;

/**
 * The first frame of a GIF on its canvas, which is white where the frame says nothing. Decoded
 * here, since the Java platform's decoder takes data that end early for a whole picture.
 */
record GifStill(int width, int height, GifFrame frame) implements Still {

    private static final int SCREEN = 6;
    private static final int FIRST_BLOCK = 13;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int GRAPHIC_CONTROL = 0xf9;

    static GifStill of(ByteView bytes, ImageSettings limits) throws ImageFault {
        GifFrame frame = new Blocks(bytes, limits).walk();
        int width = Math.max(bytes.u16Little(SCREEN), frame.left() + frame.width());
        int height = Math.max(bytes.u16Little(SCREEN + 2), frame.top() + frame.height());
        limits.checkSize(width, height);
        return new GifStill(width, height, frame);
    }

    @Override
    public long workingBytes() {
        return (long) width * height * RgbPicture.CHANNELS;
    }

    @Override
    public BufferedImage decode() throws ImageFault, InterruptedException {
        BufferedImage canvas = RgbPicture.white(width, height);
        frame.drawOn(canvas);
        return canvas;
    }

    /** Walks over all blocks up to the trailer, and keeps the first frame. */
    private static final class Blocks {

        private final ByteView bytes;
        private final ImageSettings limits;
        private long at = FIRST_BLOCK;
        private int transparent = GifFrame.OPAQUE;

        Blocks(ByteView bytes, ImageSettings limits) {
            this.bytes = bytes;
            this.limits = limits;
        }

        GifFrame walk() throws ImageFault {
            ByteView global = palette(bytes.u8(SCREEN + 4));
            GifFrame first = null;
            int frames = 0;
            for (int block = bytes.u8(at++); block != TRAILER; block = bytes.u8(at++)) {
                if (block == IMAGE) {
                    limits.checkFrames(++frames);
                    GifFrame frame = frame(global);
                    first = first == null ? frame : first;
                } else if (block == EXTENSION) {
                    extension();
                } else {
                    throw ImageFault.truncated();
                }
            }
            if (first == null) {
                throw ImageFault.truncated();
            }
            return first;
        }

        private ByteView palette(int flags) throws ImageFault {
            int size = (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
            ByteView palette = bytes.part(at, size);
            at += size;
            return palette;
        }

        private void extension() throws ImageFault {
            if (bytes.u8(at++) == GRAPHIC_CONTROL && bytes.u8(at) >= 4) {
                transparent = (bytes.u8(at + 1) & 1) == 0 ? GifFrame.OPAQUE : bytes.u8(at + 4);
            }
            skipSubBlocks();
        }

        private GifFrame frame(ByteView global) throws ImageFault {
            ByteView place = bytes.part(at, 9);
            at += 9;
            int flags = place.u8(8);
            ByteView local = palette(flags);
            int codeBits = bytes.u8(at++);
            long data = at;
            skipSubBlocks();
            GifFrame frame =
                    new GifFrame(
                            place.u16Little(0),
                            place.u16Little(2),
                            place.u16Little(4),
                            place.u16Little(6),
                            (flags & 0x40) != 0,
                            local.size() > 0 ? local : global,
                            transparent,
                            codeBits,
                            bytes.part(data, at - data));
            transparent = GifFrame.OPAQUE;
            limits.checkSize(frame.width(), frame.height());
            return frame;
        }

        private void skipSubBlocks() throws ImageFault {
            int length = bytes.u8(at++);
            while (length > 0) {
                at += length;
                length = bytes.u8(at++);
            }
        }
    }
}
