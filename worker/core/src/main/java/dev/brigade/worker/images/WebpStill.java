package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The first frame of a WebP on its canvas, which is white where the frame says nothing.
 *
 * @param left where the frame begins on the canvas
 * @param top where the frame begins on the canvas
 */
record WebpStill(int width, int height, int left, int top, WebpFrame frame, int orientation)
        implements Still {

    private static final int FIRST_CHUNK = 12;
    private static final int ANIMATION_HEADER = 16;

    static WebpStill of(ByteView bytes, ImageSettings limits) throws ImageFault {
        return new Chunks(bytes.part(0, bytes.u32Little(4) + 8), limits).still();
    }

    @Override
    public long workingBytes() {
        long canvas = (long) width * height * RgbPicture.CHANNELS;
        return canvas + (long) frame.width() * frame.height() * frame.bytesPerPixel();
    }

    @Override
    public BufferedImage decode() throws ImageFault, InterruptedException {
        BufferedImage picture = frame.decode();
        if (frame.width() == width && frame.height() == height) {
            return picture;
        }
        BufferedImage canvas = RgbPicture.white(width, height);
        RgbPicture.place(picture, canvas, left, top);
        return canvas;
    }

    /** Walks over all chunks. */
    private static final class Chunks {

        private final ByteView bytes;
        private final ImageSettings limits;
        private int width;
        private int height;
        private int left;
        private int top;
        private int frames;
        private Optional<ByteView> alpha = Optional.empty();
        private Optional<WebpFrame> first = Optional.empty();
        private int orientation = ExifOrientation.UPRIGHT;

        Chunks(ByteView bytes, ImageSettings limits) {
            this.bytes = bytes;
            this.limits = limits;
        }

        WebpStill still() throws ImageFault {
            walk(bytes, FIRST_CHUNK);
            WebpFrame frame = first.orElseThrow(ImageFault::truncated);
            if (width == 0) {
                width = frame.width();
                height = frame.height();
            }
            if (left + frame.width() > width || top + frame.height() > height) {
                throw ImageFault.truncated();
            }
            return new WebpStill(width, height, left, top, frame, orientation);
        }

        private void walk(ByteView chunks, long from) throws ImageFault {
            long at = from;
            while (at < chunks.size()) {
                long length = chunks.u32Little(at + 4);
                chunk(chunks.text(at, 4), chunks.part(at + 8, length));
                at += 8 + length + (length & 1);
            }
        }

        private void chunk(String type, ByteView content) throws ImageFault {
            switch (type) {
                case "VP8X" -> canvas(content);
                case "ANMF" -> animationFrame(content);
                case "ALPH" -> alpha = Optional.of(content);
                case "VP8 ", "VP8L" -> frame(type, content);
                case "EXIF" -> orientation = exif(content);
                default -> {} // profiles and texts
            }
        }

        private void canvas(ByteView content) throws ImageFault {
            width = content.u24Little(4) + 1;
            height = content.u24Little(7) + 1;
            limits.checkSize(width, height);
        }

        private void animationFrame(ByteView content) throws ImageFault {
            limits.checkFrames(++frames);
            if (frames == 1) {
                left = content.u24Little(0) * 2;
                top = content.u24Little(3) * 2;
                walk(content, ANIMATION_HEADER);
            }
        }

        private void frame(String type, ByteView content) throws ImageFault {
            if (first.isEmpty()) {
                WebpFrame frame = WebpFrame.of(type, content, alpha);
                limits.checkSize(frame.width(), frame.height());
                first = Optional.of(frame);
            }
        }

        private static int exif(ByteView content) throws ImageFault {
            return content.startsWith("Exif\0\0")
                    ? ExifOrientation.of(content.part(6, content.size() - 6))
                    : ExifOrientation.of(content);
        }
    }
}
