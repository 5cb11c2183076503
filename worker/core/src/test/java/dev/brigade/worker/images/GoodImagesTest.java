package dev.brigade.worker.images;

import static dev.brigade.worker.images.ImageFiles.encoded;
import static dev.brigade.worker.images.ImageFiles.picture;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoodImagesTest {

    static Stream<Arguments> exactFiles() {
        BufferedImage picture = picture(40, 30);
        return Stream.of(
                Arguments.of("png", encoded("png", picture)),
                Arguments.of("bmp", encoded("bmp", picture)),
                Arguments.of("tif", encoded("tiff", picture)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exactFiles")
    void formatsWithoutLossGiveThePicture(String extension, byte[] file) throws Exception {
        BufferedImage picture = decode(file, "a." + extension);

        assertThat(picture.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
        assertThat(RgbPicture.bytes(picture)).isEqualTo(RgbPicture.bytes(picture(40, 30)));
    }

    @Test
    void aGifIsDecodedAsThePlatformDoes() throws Exception {
        BufferedImage indexed = ImageFiles.indexed(picture(301, 200));

        BufferedImage picture = decode(encoded("gif", indexed), "a.gif");

        assertThat(RgbPicture.bytes(picture)).isEqualTo(RgbPicture.bytes(RgbPicture.of(indexed)));
    }

    @Test
    void ofAnAnimationTheFirstFrameIsLookedAt() throws Exception {
        assertColour(decode(SampleFiles.ANIMATED_WEBP, "a.webp"), 12, 8, 120, 120, 90, 0);
        BufferedImage first = RgbPicture.of(ImageFiles.indexed(picture(8, 6)));
        assertThat(RgbPicture.bytes(decode(ImageFiles.animatedGif(3), "a.gif")))
                .isEqualTo(RgbPicture.bytes(first));
    }

    @Test
    void aJpegIsNearThePicture() throws Exception {
        BufferedImage picture = decode(ImageFiles.jpeg(), "a.JPEG");

        assertColour(picture, 5, 20, 5 * 255 / 40, 20 * 255 / 30, 90, 12);
        assertThat(RgbPicture.bytes(decode(ImageFiles.progressiveJpeg(picture(40, 30)), "")))
                .isEqualTo(RgbPicture.bytes(picture));
    }

    @Test
    void aJpegWithoutMarkersIsTakenForLuminanceAndChrominanceAsEverywhere() throws Exception {
        byte[] bare = ImageFiles.withoutMetadata(ImageFiles.jpegOfSamples(3, 76, 85, 255));

        assertColour(decode(bare, ""), 8, 8, 254, 0, 0, 3);
    }

    @Test
    void inksOfPhotoshopAreTheLightThatIsLeft() throws Exception {
        byte[] inks = ImageFiles.withAdobe(ImageFiles.jpegOfSamples(4, 200, 100, 50, 255), 0);
        assertColour(decode(inks, ""), 8, 8, 200, 100, 50, 2);

        byte[] dark = ImageFiles.withAdobe(ImageFiles.jpegOfSamples(4, 200, 100, 50, 128), 0);
        assertColour(decode(dark, ""), 8, 8, 100, 50, 25, 2);
    }

    @Test
    void inksWithoutAMarkerAreInk() throws Exception {
        byte[] inks = ImageFiles.withoutMetadata(ImageFiles.jpegOfSamples(4, 55, 155, 205, 0));

        assertColour(decode(inks, ""), 8, 8, 200, 100, 50, 2);
    }

    @Test
    void inksAsLuminanceAndChrominanceAreTurnedBackFirst() throws Exception {
        // Of the inks 200, 100, 50 inverted: 55, 155, 205 as red, green and blue.
        int y = (int) Math.round(0.299 * 55 + 0.587 * 155 + 0.114 * 205);
        int cb = (int) Math.round((205 - y) / 1.772 + 128);
        int cr = (int) Math.round((55 - y) / 1.402 + 128);
        byte[] inks = ImageFiles.withAdobe(ImageFiles.jpegOfSamples(4, y, cb, cr, 255), 2);

        assertColour(decode(inks, ""), 8, 8, 200, 100, 50, 3);
    }

    @Test
    void greyIsNotBrightened() throws Exception {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(1, 1, 0, 127);

        assertColour(decode(encoded("png", grey), "a.png"), 1, 1, 127, 127, 127, 0);
        assertColour(decode(encoded("jpeg", grey), "a.jpg"), 3, 3, 0, 0, 0, 10);
    }

    @Test
    void ofSixteenBitsTheUpperEightCount() throws Exception {
        BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(2, 1, 0, 0x80ff);
        assertThat(grey.getRaster().getDataBuffer().getDataType())
                .isEqualTo(DataBuffer.TYPE_USHORT);

        assertColour(decode(encoded("png", grey), "a.png"), 2, 1, 0x80, 0x80, 0x80, 0);
    }

    @Test
    void whatIsTransparentIsWhite() throws Exception {
        BufferedImage see = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        see.setRGB(0, 0, 0x00ff0000);
        see.setRGB(1, 0, 0x80ff0000);
        see.setRGB(2, 0, 0xffff0000);

        BufferedImage picture = decode(encoded("png", see), "a.png");

        assertColour(picture, 0, 0, 255, 255, 255, 0);
        assertColour(picture, 1, 0, 255, 127, 127, 1);
        assertColour(picture, 2, 0, 255, 0, 0, 0);
    }

    @Test
    void aPaletteMayHaveATransparentColour() throws Exception {
        byte[] red = {0, (byte) 200};
        byte[] green = {0, 30};
        byte[] blue = {0, 40};
        IndexColorModel palette = new IndexColorModel(8, 2, red, green, blue, 0);
        BufferedImage indexed = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
        indexed.getRaster().setSample(1, 0, 0, 1);

        for (String format : new String[] {"png", "gif"}) {
            BufferedImage picture = decode(encoded(format, indexed), "a." + format);
            assertColour(picture, 0, 0, 255, 255, 255, 0);
            assertColour(picture, 1, 0, 200, 30, 40, 0);
        }
    }

    @Test
    void webpIsRead() throws Exception {
        assertColour(decode(SampleFiles.LOSSLESS_WEBP, "a.webp"), 23, 15, 230, 225, 90, 0);
        assertColour(decode(SampleFiles.LOSSY_WEBP, "a.webp"), 12, 8, 120, 120, 92, 0);
        assertColour(decode(SampleFiles.TURNED_WEBP, "a.webp"), 3, 20, 200, 40, 90, 0);
    }

    @Test
    void webpWithTransparencyIsOnWhite() throws Exception {
        BufferedImage picture = decode(SampleFiles.ALPHA_WEBP, "a.webp");

        assertColour(picture, 0, 0, 247, 247, 250, 1);
        assertColour(picture, 0, 15, 20, 231, 100, 1);
    }

    /** The mark is in the corner that is upper left once the picture is upright. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void picturesAreTurnedUpright(int orientation) throws Exception {
        BufferedImage lying = lying(orientation);
        byte[] jpeg = ImageFiles.withExif(encoded("jpeg", lying), orientation);
        byte[] png =
                ImageFiles.withChunk(encoded("png", lying), "eXIf", ImageFiles.exif(orientation));

        for (byte[] file : new byte[][] {jpeg, png}) {
            BufferedImage upright = decode(file, "");
            assertThat(upright.getWidth()).isEqualTo(48);
            assertThat(upright.getHeight()).isEqualTo(32);
            assertColour(upright, 4, 4, 250, 0, 0, 40);
            assertColour(upright, 43, 4, 0, 250, 0, 40);
            assertColour(upright, 4, 27, 0, 0, 250, 40);
        }
    }

    /** A picture with a mark in each corner as a camera stores it that was held in some way. */
    private static BufferedImage lying(int orientation) {
        BufferedImage upright = RgbPicture.blank(48, 32);
        fill(upright, 0, 0, 0xfa0000);
        fill(upright, 40, 0, 0x00fa00);
        fill(upright, 0, 24, 0x0000fa);
        boolean swapped = orientation >= 5;
        BufferedImage lying = RgbPicture.blank(swapped ? 32 : 48, swapped ? 48 : 32);
        for (int row = 0; row < lying.getHeight(); row++) {
            for (int column = 0; column < lying.getWidth(); column++) {
                int x = swapped ? row : column;
                int y = swapped ? column : row;
                // Where row 0 and column 0 of the file belong, by the table of Exif.
                boolean fromRight =
                        orientation == 2
                                || orientation == 3
                                || orientation == 6
                                || orientation == 7;
                boolean fromBottom =
                        orientation == 3
                                || orientation == 4
                                || orientation == 7
                                || orientation == 8;
                lying.setRGB(
                        column,
                        row,
                        upright.getRGB(fromRight ? 47 - x : x, fromBottom ? 31 - y : y));
            }
        }
        return lying;
    }

    private static void fill(BufferedImage picture, int left, int top, int rgb) {
        for (int y = top; y < top + 8; y++) {
            for (int x = left; x < left + 8; x++) {
                picture.setRGB(x, y, rgb);
            }
        }
    }

    private static BufferedImage decode(byte[] file, String name) throws Exception {
        return new ImageDecoder(ImageSettings.defaults(), DecodeMemory.ofHeap())
                .decode(new EncodedImage(file, name), picture -> picture);
    }

    private static void assertColour(
            BufferedImage picture, int x, int y, int red, int green, int blue, int off) {
        int rgb = picture.getRGB(x, y);
        assertThat(new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255})
                .satisfies(found -> {
                    assertThat(Math.abs(found[0] - red)).isLessThanOrEqualTo(off);
                    assertThat(Math.abs(found[1] - green)).isLessThanOrEqualTo(off);
                    assertThat(Math.abs(found[2] - blue)).isLessThanOrEqualTo(off);
                });
    }
}
