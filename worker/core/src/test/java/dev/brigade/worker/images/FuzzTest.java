package dev.brigade.worker.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.payload.PayloadStores;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.Priority;
import dev.brigade.worker.backend.Result;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Damaged files of every format give a picture within bounds or one of a few codes; never else. */
class FuzzTest {

    private static final int FILES = Integer.getInteger("brigade.images.fuzz", 400);
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long MOST_PIXELS = 200_000;

    private static final Set<ErrorCode> EXPECTED =
            EnumSet.of(
                    ErrorCode.NOT_AN_IMAGE,
                    ErrorCode.IMAGE_EMPTY,
                    ErrorCode.IMAGE_TRUNCATED,
                    ErrorCode.IMAGE_FORMAT_UNSUPPORTED,
                    ErrorCode.IMAGE_TOO_LARGE,
                    ErrorCode.IMAGE_TOO_MANY_FRAMES);

    @Test
    void damagedFilesAreResultsWithinBounds() {
        long seed = Long.getLong("brigade.seed", 1);
        Random random = new Random(seed);
        ImageSettings settings = new ImageSettings(List.of(), MOST_PIXELS, 64, 1 << 20, true, 2);
        List<byte[]> good = SampleFiles.all();
        List<CompletableFuture<Result<Integer>>> results = new ArrayList<>();
        try (ImageDesk desk =
                new ImageDesk(settings, PayloadStores.none(), new SimpleMeterRegistry())) {
            for (int i = 0; i < FILES; i++) {
                byte[] bad = damaged(good.get(i % good.size()), random);
                results.add(desk.decode(item(bad), FuzzTest::pixels, Priority.NORMAL, LIMIT));
            }
            for (int i = 0; i < FILES; i++) {
                assertExpected(results.get(i).join(), "seed " + seed + ", file " + i);
            }
        }
    }

    private static int pixels(BufferedImage picture) {
        assertThat(picture.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
        return picture.getWidth() * picture.getHeight();
    }

    private static void assertExpected(Result<Integer> result, String which) {
        switch (result) {
            case Result.Done<Integer>(Integer pixels) ->
                    assertThat((long) pixels).as(which).isBetween(1L, MOST_PIXELS);
            case Result.Failed<Integer> failed ->
                    assertThat(failed.code()).as(which).isIn(EXPECTED);
            case Result.Cancelled<Integer> cancelled -> assertThat(cancelled).as(which).isNull();
        }
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bad = good.clone();
        switch (random.nextInt(4)) {
            case 0 -> bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            case 1 -> {
                int from = random.nextInt(bad.length);
                Arrays.fill(bad, from, Math.min(bad.length, from + 40), (byte) random.nextInt());
            }
            default -> {
                for (int i = 0; i <= random.nextInt(12); i++) {
                    // Most damage where the structure is, at the beginning.
                    int at = random.nextInt(random.nextBoolean() ? bad.length : bad.length / 4 + 1);
                    bad[at] = (byte) random.nextInt();
                }
            }
        }
        return bad;
    }

    private static ImageItem item(byte[] bytes) {
        return ImageItem.newBuilder().setImage(ByteBuffer.wrap(bytes)).build();
    }
}
