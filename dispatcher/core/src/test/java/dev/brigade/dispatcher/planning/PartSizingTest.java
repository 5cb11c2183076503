package dev.brigade.dispatcher.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.config.OrchestrationConfig.Batch;
import dev.brigade.dispatcher.request.ImageBytes;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PartSizingTest {

    private static final Batch CONFIG = new Batch(64, 8);
    private static final int MIB = 1 << 20;

    @Test
    void itIsAsConfiguredWhereTheImagesAreElsewhere() {
        assertThat(size(new ImageSource.Glob("*.png"), CONFIG)).isEqualTo(64);
        assertThat(inline(CONFIG, Collections.nCopies(10_000, ImageRef.ofPath("a.png"))))
                .isEqualTo(64);
    }

    @Test
    void aSmallBatchUsesItsWholeWindow() {
        assertThat(inline(CONFIG, Collections.nCopies(10, ImageRef.ofPath("a.png")))).isEqualTo(2);
    }

    @Test
    void imagesThatTravelInTheJobFitARecord() {
        Batch whole = new Batch(64, 1);

        assertThat(inline(whole, images(new int[36], 100_000))).isEqualTo(18);
        assertThat(inline(whole, images(new int[30], 10_000))).isEqualTo(30);
        assertThat(inline(whole, Collections.nCopies(64, ImageRef.ofPath("p".repeat(20_000)))))
                .isEqualTo(32);
    }

    @Test
    void oneLargeImageMakesPartsSmallAndIsNeverSplit() {
        List<ImageRef> images = images(new int[] {1, 1, 1, 1, 1, 1, 2 * MIB, MIB, 1, 1}, 0);

        assertThat(inline(new Batch(10, 1), images)).isEqualTo(1);
        assertThat(inline(new Batch(10, 1), images(new int[] {4 * MIB, 1}, 0))).isEqualTo(1);
    }

    private static int inline(Batch config, List<ImageRef> images) {
        return size(new ImageSource.Inline(images), config);
    }

    private static int size(ImageSource source, Batch config) {
        return PartSizing.of(new Input.ImageBatch(source, Optional.empty(), false, true), config);
    }

    private static List<ImageRef> images(int[] bytes, int more) {
        return Arrays.stream(bytes)
                .mapToObj(length ->
                        new ImageRef(
                                Optional.empty(),
                                Optional.of(new ImageBytes(new byte[length + more])),
                                Optional.empty(),
                                Optional.empty()))
                .toList();
    }
}
