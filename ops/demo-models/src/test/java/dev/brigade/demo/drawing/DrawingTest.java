package dev.brigade.demo.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawingTest {

    /** Mean side of pictures that are drawn for their pixels alone. */
    private static final int SMALL = 160;

    @ParameterizedTest
    @EnumSource
    void everyKindDrawsTheSameByTheSameSeedAndAnotherByAnother(Kind kind) {
        int[] pixels = pixels(Drawing.of(kind, 7, SMALL).image());
        assertThat(pixels(Drawing.of(kind, 7, SMALL).image())).isEqualTo(pixels);
        assertThat(pixels(Drawing.of(kind, 8, SMALL).image())).isNotEqualTo(pixels);
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasASizeWithinBounds(Kind kind) {
        BufferedImage image = Drawing.of(kind, 7).image();
        assertThat(image.getWidth()).isBetween(32, 900);
        assertThat(image.getHeight()).isBetween(32, 900);
    }

    @Test
    void bothLabelsHaveKindsForEveryUse() {
        for (Label label : Label.values()) {
            for (Use use : Use.values()) {
                assertThat(Kind.of(label, use)).hasSizeGreaterThanOrEqualTo(3);
            }
            assertThat(Kind.of(label)).hasSizeGreaterThan(25);
        }
        assertThat(Arrays.stream(Kind.values()).map(Kind::text)).doesNotHaveDuplicates();
    }

    @Test
    void isMadeSmallerWithinALimit() {
        Drawing drawing = Drawing.of(Kind.ICON, 3);
        BufferedImage small = drawing.within(50).image();
        assertThat(Math.max(small.getWidth(), small.getHeight())).isEqualTo(50);
        assertThat(drawing.within(2000)).isSameAs(drawing);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
