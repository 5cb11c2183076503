package dev.brigade.worker.images;

import static dev.brigade.worker.images.ImageFiles.base64;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Good files: WebP ones made with Pillow 12.3, since Java cannot; and one list of all formats. */
final class SampleFiles {

    /** 24 x 16, red 10 x, green 15 y, blue 90; made with Pillow 12.3. */
    static final byte[] LOSSLESS_WEBP =
            base64("UklGRi4AAABXRUJQVlA4TCIAAAAvF8ADALkyRPQ/dhHR/wCRtk0d3L/jwcNRGK2YAKoeqP8E");

    static final byte[] LOSSY_WEBP =
            base64(
                    "UklGRmIAAABXRUJQVlA4IFYAAACQAwCdASoYABAAPu1orU2ppqSiMAgBMB2JbACdMoR3ACm74GyI",
                    "AP7u2WKKkAXck06LhuJyMvt2isQxvm+SvSrbzkdGxUq6qzFCEPJjaGaPcoyu/ZQAAA==");

    static final byte[] ALPHA_WEBP =
            base64(
                    "UklGRpgAAABXRUJQVlA4WAoAAAAQAAAAFwAADwAAQUxQSB0AAAABuYzof0Bp2wZMYdn4/+HAwogJ",
                    "mAAXOrDB6h6BAQBWUDggVAAAAHADAJ0BKhgAEAA+7UK3VqmipqQYATAdiWwAnTKEdwAqO+BqiAD+",
                    "7tliipQ1W4QFNjlhE6tagJq/7u7vpK9J5OjxkP250UEgrzyqjU0Lc6alPJQAAA==");

    static final byte[] ANIMATED_WEBP =
            base64(
                    "UklGRl4BAABXRUJQVlA4WAoAAAACAAAAFwAADwAAQU5JTQYAAAAAAAAAAABBTk1GfAAAAAAAAAAA",
                    "ABcAAA8AAAAAAAJWUDhMZAAAAC8XwAMAzXQhov8BBW3bSGZw/OFu9/UOgVgw6Z6/aAYCgSTO/QU2",
                    "CAVu2yhj3sEvFAAAAAAAAAAAGJ9DGanoYOgsTVF4HZmU7Dv/tR2PdhH5GW6nPoWv1zmUJNvyF1sH",
                    "hSsePgVBTk1GKgAAAAAAAAAAABcAAA8AAAAAAABWUDhMEQAAAC8XwAMAB1CUIler/4GI6H8AAEFO",
                    "TUZ8AAAAAAAAAAAAFwAADwAAAAAAAFZQOExkAAAALxfAAwDNdCGi/wEFbdtIZnD84W739Q6BWDDp",
                    "nr9oBgKBJM79BTYIBW7bKGPewS8UAAAAAAAAAAAYn0MZqehg6CxNUXgdmZTsO/+1HY92EfkZbqc+",
                    "ha/XOZQk2/IXWweFKx4+BQ==");

    /** One colour, 200, 40, 90, to be turned to the right. */
    static final byte[] TURNED_WEBP =
            base64(
                    "UklGRlIAAABXRUJQVlA4WAoAAAAIAAAAFwAADwAAVlA4TBEAAAAvF8ADAAdQlCJXq/+BiOh/AABF",
                    "WElGGgAAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA");

    private SampleFiles() {}

    /** At least one file of every format and of every way through its decoder. */
    static List<byte[]> all() {
        BufferedImage picture = ImageFiles.picture(40, 30);
        List<byte[]> files = new ArrayList<>();
        for (String format : List.of("png", "jpeg", "gif", "bmp", "tiff")) {
            BufferedImage suited = format.equals("gif") ? ImageFiles.indexed(picture) : picture;
            files.add(ImageFiles.encoded(format, suited));
        }
        files.add(ImageFiles.encoded("png", ImageFiles.indexed(picture)));
        files.add(ImageFiles.encoded("tiff", ImageFiles.indexed(picture)));
        files.add(ImageFiles.progressiveJpeg(picture));
        files.add(ImageFiles.withExif(ImageFiles.jpeg(), 6));
        files.add(ImageFiles.withAdobe(ImageFiles.jpegOfSamples(4, 200, 100, 50, 255), 2));
        files.add(ImageFiles.animatedGif(3));
        WebpTest.files().map(file -> (byte[]) file.get()[2]).forEach(files::add);
        files.add(LOSSLESS_WEBP);
        files.add(LOSSY_WEBP);
        files.add(ALPHA_WEBP);
        files.add(ANIMATED_WEBP);
        return files;
    }
}
