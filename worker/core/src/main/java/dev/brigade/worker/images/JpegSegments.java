package dev.brigade.worker.images;

import dev.brigade.worker.images.JpegStill.Colours;

/** Walks over the segments of a JPEG from its first to its end marker. */
final class JpegSegments {

    private static final int SOF0 = 0xc0;
    private static final int SOF2 = 0xc2;
    private static final int SOF15 = 0xcf;
    private static final int DHT = 0xc4;
    private static final int JPG = 0xc8;
    private static final int DAC = 0xcc;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DNL = 0xdc;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COM = 0xfe;
    private static final int TEM = 0x01;

    /**
     * A decoder goes over the whole picture for each scan; this is far above what encoders make.
     */
    private static final int MOST_SCANS = 200;

    /** Scans of a picture of the largest size; smaller pictures may have more. */
    private static final int SCANS_OF_LARGEST = 20;

    private final ByteView bytes;
    private final ImageSettings limits;
    private final KeptBytes picture;
    private boolean jfif;
    private int adobeTransform = -1;
    private boolean namedRgb;
    private int orientation = ExifOrientation.UPRIGHT;
    private int width;
    private int height;
    private int components;
    private boolean progressive;
    private int scans;

    JpegSegments(ByteView bytes, ImageSettings limits) {
        this.bytes = bytes;
        this.picture = new KeptBytes(bytes.size());
        this.limits = limits;
    }

    JpegStill still() throws ImageFault {
        long at = 2;
        while (true) {
            int marker = marker(at);
            if (marker == EOI) {
                break;
            }
            at = segment(marker, at);
        }
        if (scans == 0) {
            throw ImageFault.truncated();
        }
        picture.write(0xff);
        picture.write(EOI);
        return new JpegStill(width, height, colours(), orientation, whole());
    }

    private int marker(long at) throws ImageFault {
        if (bytes.u8(at) != 0xff) {
            throw ImageFault.truncated();
        }
        return bytes.u8(at + 1);
    }

    /** Takes one segment and tells where the next begins. */
    private long segment(int marker, long at) throws ImageFault {
        if (marker == 0xff) {
            return at + 1; // a fill byte
        }
        if (marker == TEM || (marker >= RST0 && marker <= RST7)) {
            return at + 2;
        }
        if (marker == SOI || marker < SOF0) {
            throw ImageFault.truncated();
        }
        ByteView content = bytes.part(at + 4, bytes.u16(at + 2) - 2L);
        long next = at + 4 + content.size();
        if ((marker >= APP0 && marker <= APP15) || marker == COM) {
            metadata(marker, content);
            return next;
        }
        if (isFrame(marker)) {
            frame(marker, content);
        }
        long end = marker == SOS ? scan(next) : next;
        if (marker != DNL) {
            picture.write(bytes.bytes(), bytes.from() + (int) at, (int) (end - at));
        }
        return end;
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    private void metadata(int marker, ByteView content) throws ImageFault {
        if (marker == APP0 && content.startsWith("JFIF\0")) {
            jfif = true;
        } else if (marker == APP1 && content.startsWith("Exif\0") && content.size() > 6) {
            orientation = ExifOrientation.of(content.part(6, content.size() - 6));
        } else if (marker == APP14 && content.startsWith("Adobe") && content.size() >= 12) {
            adobeTransform = content.u8(11);
        }
    }

    private void frame(int marker, ByteView content) throws ImageFault {
        if (components > 0) {
            throw ImageFault.truncated();
        }
        if (marker > SOF2 || content.u8(0) != 8) {
            throw ImageFault.unsupported(
                    "arithmetic, lossless and 12-bit JPEG images are not supported");
        }
        height = content.u16(1);
        width = content.u16(3);
        components = content.u8(5);
        limits.checkSize(width, height);
        if (components != 1 && components != 3 && components != 4) {
            throw ImageFault.unsupported("a JPEG of %d components".formatted(components));
        }
        namedRgb =
                components == 3
                        && content.u8(6) == 'R'
                        && content.u8(9) == 'G'
                        && content.u8(12) == 'B';
        progressive = marker == SOF2;
    }

    /** Goes over coded data to the next marker. */
    private long scan(long from) throws ImageFault {
        scans++;
        long passes = (long) scans * width * height;
        if (scans > MOST_SCANS || passes > SCANS_OF_LARGEST * limits.maxPixels()) {
            throw ImageFault.tooLarge("the JPEG has too many scans");
        }
        long at = from;
        while (true) {
            if (bytes.u8(at) != 0xff) {
                at++;
            } else if (isData(bytes.u8(at + 1))) {
                at += 2;
            } else if (bytes.u8(at + 1) == 0xff) {
                at++;
            } else {
                return at;
            }
        }
    }

    private static boolean isData(int afterFf) {
        return afterFf == 0 || (afterFf >= RST0 && afterFf <= RST7);
    }

    private Colours colours() {
        if (components < 4) {
            return progressive ? Colours.PROGRESSIVE : Colours.PLAIN;
        }
        return switch (adobeTransform) {
            case -1 -> Colours.CMYK;
            case 2 -> Colours.YCCK_INVERTED;
            default -> Colours.CMYK_INVERTED;
        };
    }

    /**
     * The picture with the one marker that says its colours. Without any, the Java platform's
     * decoder would take three components of equal size for red, green and blue, other than all
     * other decoders do.
     */
    private ByteView whole() {
        KeptBytes whole = new KeptBytes(picture.size() + 32);
        whole.write(0xff);
        whole.write(SOI);
        if ((adobeTransform >= 0 && !jfif) || components == 4) {
            JpegStill.writeColourMarker(whole, Math.max(adobeTransform, 0));
        } else if (jfif || !namedRgb) {
            JpegStill.writeColourMarker(whole, -1);
        }
        ByteView kept = picture.view();
        whole.write(kept.bytes(), kept.from(), kept.size());
        return whole.view();
    }
}
