package dev.brigade.worker.images;

/** The orientation that Exif metadata give: tag 274 of the first directory. */
final class ExifOrientation {

    static final int UPRIGHT = 1;

    private static final int TAG = 274;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private ExifOrientation() {}

    /** 1 to 8 of a TIFF structure; upright where it says none or makes no sense. */
    static int of(ByteView tiff) {
        try {
            if (tiff.startsWith("II*\0")) {
                return find(tiff, true);
            }
            return tiff.startsWith("MM\0*") ? find(tiff, false) : UPRIGHT;
        } catch (ImageFault broken) {
            return UPRIGHT; // the picture itself may be whole
        }
    }

    /** A value as an orientation; upright where it is none. */
    static int valid(long value) {
        return value >= 1 && value <= 8 ? (int) value : UPRIGHT;
    }

    private static int find(ByteView tiff, boolean little) throws ImageFault {
        long directory = little ? tiff.u32Little(4) : tiff.u32(4);
        int entries = little ? tiff.u16Little(directory) : tiff.u16(directory);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + (long) i * ENTRY;
            int tag = little ? tiff.u16Little(entry) : tiff.u16(entry);
            int type = little ? tiff.u16Little(entry + 2) : tiff.u16(entry + 2);
            if (tag == TAG && type == SHORT) {
                return valid(little ? tiff.u16Little(entry + 8) : tiff.u16(entry + 8));
            }
        }
        return UPRIGHT;
    }
}
