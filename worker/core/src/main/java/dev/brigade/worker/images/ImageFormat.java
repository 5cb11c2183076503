package dev.brigade.worker.images;

import dev.brigade.contract.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Formats that are read. */
enum ImageFormat {
    PNG,
    JPEG,
    GIF,
    BMP,
    WEBP,
    TIFF;

    private static final Map<String, ImageFormat> EXTENSIONS =
            Map.ofEntries(
                    Map.entry("png", PNG),
                    Map.entry("apng", PNG),
                    Map.entry("jpg", JPEG),
                    Map.entry("jpeg", JPEG),
                    Map.entry("jpe", JPEG),
                    Map.entry("jfif", JPEG),
                    Map.entry("gif", GIF),
                    Map.entry("bmp", BMP),
                    Map.entry("dib", BMP),
                    Map.entry("webp", WEBP),
                    Map.entry("tif", TIFF),
                    Map.entry("tiff", TIFF));

    /** How much of a text is searched for the root of an SVG document. */
    private static final int SVG_LOOK = 4096;

    private static final List<String> FOREIGN_BRANDS =
            List.of("avif", "avis", "heic", "heix", "heim", "hevc", "mif1", "msf1");

    /**
     * The format that some bytes have.
     *
     * @throws ImageFault {@code image_empty}, {@code image_format_unsupported} or {@code
     *     not_an_image}
     */
    static ImageFormat of(ByteView bytes) throws ImageFault {
        if (bytes.startsWith("\u0089PNG")) {
            return PNG;
        }
        if (bytes.startsWith("\u00ff\u00d8")) {
            return JPEG;
        }
        if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a")) {
            return GIF;
        }
        if (bytes.startsWith("RIFF") && bytes.has(8, "WEBP")) {
            return WEBP;
        }
        if (bytes.startsWith("II*\0") || bytes.startsWith("MM\0*")) {
            return TIFF;
        }
        if (bytes.startsWith("BM")) {
            return BMP;
        }
        throw refusal(bytes);
    }

    /** The format that a file's name says; empty where it says none of these. */
    static Optional<ImageFormat> ofName(String name) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return dot < 0 ? Optional.empty() : Optional.ofNullable(EXTENSIONS.get(extension));
    }

    private static ImageFault refusal(ByteView bytes) {
        if (bytes.size() == 0) {
            return new ImageFault(ErrorCode.IMAGE_EMPTY, "the image has no bytes");
        }
        return foreign(bytes)
                .map(name -> ImageFault.unsupported(name + " images are not supported"))
                .orElseGet(() ->
                        ImageFault.notAnImage(
                                "the content is not that of an image; PNG, JPEG, GIF, BMP,"
                                        + " WebP and TIFF are read"));
    }

    private static Optional<String> foreign(ByteView bytes) {
        if (isSvg(bytes)) {
            return Optional.of("SVG");
        }
        if (bytes.has(4, "ftyp") && FOREIGN_BRANDS.stream().anyMatch(b -> bytes.has(8, b))) {
            return Optional.of("HEIF and AVIF");
        }
        if (bytes.startsWith("\u00ff\n") || bytes.has(4, "JXL \r\n")) {
            return Optional.of("JPEG XL");
        }
        if (bytes.has(4, "jP  \r\n") || bytes.startsWith("\u00ffO\u00ffQ")) {
            return Optional.of("JPEG 2000");
        }
        if (bytes.startsWith("8BPS")) {
            return Optional.of("Photoshop");
        }
        if (bytes.startsWith("\0\0\1\0") || bytes.startsWith("\0\0\2\0")) {
            return Optional.of("icon");
        }
        if (bytes.startsWith("II+\0") || bytes.startsWith("MM\0+")) {
            return Optional.of("BigTIFF");
        }
        return Optional.empty();
    }

    /** An XML text with the element svg near its beginning, whatever its encoding. */
    private static boolean isSvg(ByteView bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(SVG_LOOK, bytes.size()); i++) {
            char c = (char) (bytes.bytes()[bytes.from() + i] & 0xff);
            if (c > ' ' && c < 0x7f) {
                text.append(c);
            }
        }
        return text.indexOf("<") == 0 && text.indexOf("<svg") >= 0 && text.indexOf("<html") < 0;
    }
}
