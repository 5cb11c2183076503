package dev.brigade.worker.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.brigade.worker.images.PictureInput.Resize;
import dev.brigade.worker.images.PictureInput.Size;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureInputTest {

    private static final List<Double> NONE = List.of(0.0, 0.0, 0.0);
    private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

    @Test
    void channelsComeOneAfterTheOtherScaledAndNormalised() {
        BufferedImage picture = RgbPicture.blank(2, 1);
        picture.setRGB(0, 0, 0xff8000);
        picture.setRGB(1, 0, 0x0000ff);
        PictureInput input =
                new PictureInput(
                        Optional.empty(),
                        Resampling.BILINEAR,
                        Optional.empty(),
                        1 / 255.0,
                        List.of(0.5, 0.25, 0.0),
                        List.of(0.5, 1.0, 2.0));

        assertThat(input.numbers(picture))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(1f, -1f, 128 / 255f - 0.25f, -0.25f, 0f, 0.5f);
    }

    @Test
    void theShorterEdgeGetsItsLengthAndTheCentreIsCutOut() {
        PictureInput input = input(Optional.of(new Resize.ShortestEdge(10)), size(8, 8));

        assertThat(input.sizeOf(new Size(640, 480))).isEqualTo(new Size(8, 8));
        assertThat(input.numbers(ImageFiles.picture(64, 48))).hasSize(3 * 64);
        assertThat(
                        input(Optional.of(new Resize.ShortestEdge(10)), Optional.empty())
                                .sizeOf(new Size(64, 47)))
                .isEqualTo(new Size(13, 10));
    }

    @Test
    void theCentreIsTheCentre() {
        BufferedImage picture = RgbPicture.blank(5, 4);
        picture.setRGB(1, 1, 0x010000);
        picture.setRGB(3, 2, 0x020000);

        float[] numbers = input(Optional.empty(), size(3, 2)).numbers(picture);

        assertThat(numbers).startsWith(1, 0, 0, 0, 0, 2);
    }

    @Test
    void whereThePictureIsSmallerThanTheCutThereIsBlack() {
        BufferedImage picture = RgbPicture.white(1, 2);

        float[] numbers = input(Optional.empty(), size(3, 4)).numbers(picture);

        assertThat(numbers).hasSize(36).startsWith(0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0);
    }

    @Test
    void aSizeWithinAnEdgeKeepsItsProportions() {
        assertThat(Size.within(1024, new Size(2048, 512))).isEqualTo(new Size(1024, 256));
        assertThat(Size.within(1024, new Size(20, 5000))).isEqualTo(new Size(4, 1024));
        assertThat(Size.within(1024, new Size(1, 500_000))).isEqualTo(new Size(1, 1024));
        assertThat(Size.within(1024, new Size(1024, 3))).isEqualTo(new Size(1024, 3));
    }

    @Test
    void valuesThatCannotBeAreRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Size(0, 1));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        new PictureInput(
                                Optional.empty(), Resampling.BOX, Optional.empty(), 1, NONE, NONE));
    }

    private static Optional<Size> size(int width, int height) {
        return Optional.of(new Size(width, height));
    }

    private static PictureInput input(Optional<Resize> resize, Optional<Size> crop) {
        return new PictureInput(resize, Resampling.BILINEAR, crop, 1, NONE, ONE);
    }
}
