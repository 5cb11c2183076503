package dev.brigade.worker.images;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;

/**
 * A JPEG. Of its metadata only the orientation and the kind of colours are read; the decoder gets
 * neither profiles nor comments, and always a marker that says what the colours are.
 */
record JpegStill(int width, int height, Colours colours, int orientation, ByteView picture)
        implements Still {

    /** What the components are. */
    enum Colours {
        /** Grey, or three components that the decoder turns into red, green and blue. */
        PLAIN(3),
        /** As {@link #PLAIN}, with all coefficients in memory at once. */
        PROGRESSIVE(9),
        /** Four inks, 0 is none. */
        CMYK(4),
        /** Four inks, 255 is none. */
        CMYK_INVERTED(4),
        /** Four inks, 255 is none, of which three stand as luminance and chrominance. */
        YCCK_INVERTED(4);

        private final int bytesPerPixel;

        Colours(int bytesPerPixel) {
            this.bytesPerPixel = bytesPerPixel;
        }
    }

    static JpegStill of(ByteView bytes, ImageSettings limits) throws ImageFault {
        return new JpegSegments(bytes, limits).still();
    }

    @Override
    public long workingBytes() {
        return (long) width * height * colours.bytesPerPixel;
    }

    @Override
    public BufferedImage decode() throws ImageFault, InterruptedException {
        return switch (colours) {
            case PLAIN, PROGRESSIVE -> Readers.read(ImageFormat.JPEG, picture);
            case CMYK, CMYK_INVERTED, YCCK_INVERTED ->
                    Inks.rgb(
                            Readers.use(
                                    Readers.named(ImageFormat.JPEG),
                                    picture,
                                    reader -> reader.readRaster(0, null)),
                            colours);
        };
    }

    /** The markers that say what colours there are. */
    static void writeColourMarker(ByteArrayOutputStream out, int adobeTransform) {
        if (adobeTransform < 0) {
            out.writeBytes(
                    new byte[] {
                        -1, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
                    });
        } else {
            out.writeBytes(
                    new byte[] {
                        -1,
                        (byte) 0xee,
                        0,
                        14,
                        'A',
                        'd',
                        'o',
                        'b',
                        'e',
                        0,
                        100,
                        0,
                        0,
                        0,
                        0,
                        (byte) adobeTransform
                    });
        }
    }
}
