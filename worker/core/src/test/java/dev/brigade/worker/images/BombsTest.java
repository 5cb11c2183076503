package dev.brigade.worker.images;

import static dev.brigade.worker.images.ImageFiles.encoded;
import static dev.brigade.worker.images.ImageFiles.picture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.brigade.contract.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Small files that would be large pictures, or long work, if they were believed. */
class BombsTest {

    private static final ImageSettings SETTINGS = ImageSettings.defaults();

    @Test
    void pixelsAreCountedBeforeAnythingIsDecoded() {
        assertRefused(ImageFiles.pngOfSize(60_000, 60_000), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(ImageFiles.pngOfSize(50_000_001, 1), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(ImageFiles.pngOfSize(Integer.MAX_VALUE, 2), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(jpegOfSize(60_000, 60_000), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(gifOfScreen(60_000, 60_000), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(bmpOfSize(60_000, 60_000), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(bmpOfSize(60_000, -60_000), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(bmpOfSize(60_000, Integer.MIN_VALUE), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(tiffOfSize(60_000, 60_000), ErrorCode.IMAGE_TOO_LARGE);
        assertRefused(webpOfCanvas(), ErrorCode.IMAGE_TOO_LARGE);
    }

    @Test
    void metadataAreNeitherReadNorUnpacked() throws Exception {
        byte[] profile = ImageFiles.deflated(new byte[20 << 20]);
        byte[] named = ImageFiles.joined(ImageFiles.text("icc\0\0"), profile);
        byte[] png = ImageFiles.png();
        byte[][] segments = new byte[400][];
        Arrays.fill(segments, ImageFiles.segment(0xe2, new byte[60_000]));
        byte[] many = ImageFiles.joined(segments);

        assertThat(width(ImageFiles.withChunk(png, "iCCP", named))).isEqualTo(40);
        assertThat(width(ImageFiles.withChunk(png, "zTXt", named))).isEqualTo(40);
        assertThat(width(ImageFiles.withChunk(png, "meTa", new byte[20 << 20]))).isEqualTo(40);
        assertThat(width(ImageFiles.inserted(ImageFiles.jpeg(), 2, many))).isEqualTo(40);
    }

    @Test
    void framesAreCountedWithoutDecodingThem() throws Exception {
        byte[] still = ImageFiles.png();
        byte[] many = ByteBuffer.allocate(8).putInt(65).putInt(0).array();
        byte[] few = ByteBuffer.allocate(8).putInt(64).putInt(0).array();

        assertRefused(ImageFiles.animatedGif(65), ErrorCode.IMAGE_TOO_MANY_FRAMES);
        assertThat(width(ImageFiles.animatedGif(64))).isEqualTo(8);
        assertRefused(ImageFiles.withChunk(still, "acTL", many), ErrorCode.IMAGE_TOO_MANY_FRAMES);
        assertThat(width(ImageFiles.withChunk(still, "acTL", few))).isEqualTo(40);
        assertRefused(endlessTiff(), ErrorCode.IMAGE_TOO_MANY_FRAMES);
    }

    @Test
    void scansOverALargePictureAreCounted() {
        byte[] jpeg = ImageFiles.progressiveJpeg(picture(64, 64));
        int scan = lastScan(jpeg);
        byte[] again = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        byte[][] scans = new byte[300][];
        Arrays.fill(scans, again);
        byte[] many = ImageFiles.inserted(jpeg, scan, ImageFiles.joined(scans));

        assertRefused(many, ErrorCode.IMAGE_TOO_LARGE);
    }

    @Test
    void aPictureThatDoesNotFitTheMemoryIsRefused() {
        ImageDecoder small = new ImageDecoder(SETTINGS, new DecodeMemory(3_000));

        assertThatExceptionOfType(ImageFault.class)
                .isThrownBy(() -> small.decode(image(ImageFiles.png()), p -> p))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(ErrorCode.IMAGE_TOO_LARGE));
    }

    @Test
    void largePicturesTakeTurns() throws Exception {
        DecodeMemory memory = new DecodeMemory(100_000);
        DecodeMemory.Share first = memory.take(60_000);
        Thread second = Thread.ofPlatform().start(() -> takeAndGiveBack(memory));
        assertThat(second.join(Duration.ofMillis(50))).isFalse();

        first.close();

        assertThat(second.join(Duration.ofSeconds(30))).isTrue();
    }

    private static void takeAndGiveBack(DecodeMemory memory) {
        try (DecodeMemory.Share _ = memory.take(60_000)) {
            Thread.onSpinWait();
        } catch (ImageFault | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int width(byte[] file) throws Exception {
        return new ImageDecoder(SETTINGS, DecodeMemory.ofHeap())
                .decode(image(file), picture -> picture.getWidth());
    }

    private static void assertRefused(byte[] file, ErrorCode code) {
        assertThatExceptionOfType(ImageFault.class)
                .isThrownBy(() -> width(file))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
    }

    private static EncodedImage image(byte[] bytes) {
        return new EncodedImage(bytes, "");
    }

    private static byte[] jpegOfSize(int width, int height) {
        byte[] jpeg = ImageFiles.jpeg();
        int frame = find(jpeg, 0xc0);
        ByteBuffer.wrap(jpeg)
                .putShort(frame + 5, (short) height)
                .putShort(frame + 7, (short) width);
        return jpeg;
    }

    private static int lastScan(byte[] jpeg) {
        int at = jpeg.length - 2;
        while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xda) {
            at--;
        }
        return at;
    }

    private static int find(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
        }
        return at;
    }

    private static byte[] gifOfScreen(int width, int height) {
        byte[] gif = encoded("gif", ImageFiles.indexed(picture(8, 6)));
        little(gif).putShort(6, (short) width).putShort(8, (short) height);
        return gif;
    }

    private static byte[] bmpOfSize(int width, int height) {
        byte[] bmp = encoded("bmp", picture(8, 6));
        little(bmp).putInt(18, width).putInt(22, height);
        return bmp;
    }

    private static byte[] tiffOfSize(int width, int height) {
        byte[] tiff = encoded("tiff", picture(8, 6));
        ByteBuffer view = ByteBuffer.wrap(tiff).order(order(tiff));
        int directory = view.getInt(4);
        for (int i = 0; i < view.getShort(directory); i++) {
            int entry = directory + 2 + i * 12;
            if (view.getShort(entry) == 256 || view.getShort(entry) == 257) {
                view.putShort(entry + 2, (short) 4);
                view.putInt(entry + 8, view.getShort(entry) == 256 ? width : height);
            }
        }
        return tiff;
    }

    /** Its directory says that it is followed by itself. */
    private static byte[] endlessTiff() {
        byte[] tiff = encoded("tiff", picture(8, 6));
        ByteBuffer view = ByteBuffer.wrap(tiff).order(order(tiff));
        int directory = view.getInt(4);
        view.putInt(directory + 2 + view.getShort(directory) * 12, directory);
        return tiff;
    }

    private static ByteOrder order(byte[] tiff) {
        return tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static byte[] webpOfCanvas() {
        byte[] webp = new byte[30];
        ByteBuffer file = little(webp);
        file.put(ImageFiles.text("RIFF")).putInt(22).put(ImageFiles.text("WEBPVP8X")).putInt(10);
        file.putInt(0).put(new byte[] {-1, -1, 0, -1, -1, 0});
        return webp;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void settingsHaveBounds() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ImageSettings(List.of(), 0, 64, 1, true, 2))
                .withMessage("brigade.worker.images.max-pixels must be 1 to 500000000, not 0");
    }
}
