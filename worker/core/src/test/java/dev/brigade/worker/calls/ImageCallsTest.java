package dev.brigade.worker.calls;

import static dev.brigade.worker.calls.CallsFixture.assertFailed;
import static dev.brigade.worker.calls.CallsFixture.done;
import static dev.brigade.worker.calls.CallsFixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.ImageResults;
import dev.brigade.schema.ListedItems;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Result;
import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageCallsTest {

    private static final String CAN = "capabilities: [classify]";
    private static final String RULES =
            """
            task: classify
            labels: [technical, discard, other]
            replies:
            - {when: red picture, say: discard 0.7}
            - {when: blue picture, fail: engine_error, times: 1}
            - {when: green picture, fail: engine_error}
            - {when: magenta picture, crash: 1}
            """;

    @TempDir Path folder;

    @Test
    void anImageIsClassified() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            Classification label = fixture.output(input(Color.RED, false), Classification.class);

            assertThat(label.getLabel()).isEqualTo("discard");
            assertThat(label.getConfidence()).isEqualTo(0.7);
            assertThat(label.getScores()).hasSize(3);
            assertThat(label.getScores().get(1).getScore()).isCloseTo(0.15, within(1e-9));
            assertThat(label.getRawResponse()).isNull();
        }
    }

    @Test
    void whatIsBelowTheThresholdIsUncertainWhereThatIsAllowed() throws Exception {
        String threshold = "classify: {threshold: 0.8}";
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN, threshold)) {
            Classification asked = fixture.output(input(Color.RED, true), Classification.class);

            assertThat(asked.getLabel()).isEqualTo("uncertain");
            assertThat(asked.getConfidence()).isEqualTo(0.7);
            assertThat(asked.getScores().getFirst().getLabel()).isEqualTo("discard");
            assertThat(fixture.output(input(Color.RED, false), Classification.class).getLabel())
                    .isEqualTo("discard");
            assertThat(fixture.output(input(Color.WHITE, true), Classification.class).getLabel())
                    .isEqualTo("technical");
        }
    }

    @Test
    void aSingleImagesFaultFailsItsCall() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            assertFailed(
                    fixture.run(ImageInput.newBuilder().setPath("../x.png").build()),
                    ErrorCode.PATH_TRAVERSAL);
            assertFailed(fixture.run(input(Color.GREEN, false)), ErrorCode.ENGINE_ERROR);
        }
    }

    @Test
    void anImageOfAPartThatCannotBeClassifiedConcernsNoOther() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            Path file = folder.resolve("images/a.png");
            Files.write(file, CallsFixture.png(Color.BLACK, 8, 8));
            List<ImageItem> items =
                    List.of(
                            image(Color.RED, 8, 8),
                            ImageItem.newBuilder().setPath("a.png").setName("mine").build(),
                            ImageItem.newBuilder().setPath("missing.png").build(),
                            ImageItem.newBuilder()
                                    .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                                    .build(),
                            image(Color.WHITE, 8, 8));

            List<ImageResult> results =
                    fixture.output(part(10, items), ImageResults.class).getItems();

            assertThat(results)
                    .extracting(ImageResult::getIndex)
                    .containsExactly(10, 11, 12, 13, 14);
            assertThat(results)
                    .extracting(ImageResult::getPath)
                    .containsExactly(null, "mine", "missing.png", null, null);
            assertThat(results)
                    .extracting(ImageCallsTest::label)
                    .containsExactly("discard", "discard", null, null, "technical");
            assertThat(results)
                    .extracting(ImageCallsTest::code)
                    .containsExactly(null, null, "image_not_found", "not_an_image", null);
        }
    }

    @Test
    void aFailureThatMayPassIsTriedOnceMore() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            List<ImageItem> items =
                    List.of(
                            image(Color.BLUE, 8, 8),
                            image(Color.GREEN, 8, 8),
                            image(Color.WHITE, 8, 8));

            List<ImageResult> results =
                    fixture.output(part(0, items), ImageResults.class).getItems();

            assertThat(results)
                    .extracting(ImageCallsTest::label)
                    .containsExactly("discard", null, "technical");
            assertThat(results)
                    .extracting(ImageCallsTest::code)
                    .containsExactly(null, "engine_error", null);
        }
    }

    @Test
    void aPartOfWhichNothingCouldBeDoneFailsSoThatItIsTriedElsewhere() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            List<ImageItem> items = Collections.nCopies(30, image(Color.GREEN, 8, 8));

            assertFailed(fixture.run(part(0, items)), ErrorCode.ENGINE_ERROR);
        }
    }

    @Test
    void aCrashFailsThePart() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            List<ImageItem> items = List.of(image(Color.WHITE, 8, 8), image(Color.MAGENTA, 8, 8));

            assertThat(fixture.run(part(0, items)))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> {
                                assertThat(failed.code()).isEqualTo(ErrorCode.ENGINE_CRASHED);
                                assertThat(failed.crashed()).isTrue();
                            });
        }
    }

    @Test
    void aModelThatIsUnloadedGivesThePartBack() throws Exception {
        String slow = "task: classify\ndelay_ms: 100000";
        try (CallsFixture fixture = CallsFixture.of(folder, slow, CAN)) {
            List<ImageItem> items = Collections.nCopies(5, image(Color.WHITE, 8, 8));
            var running = async(fixture, part(0, items), new Cancellation());

            fixture.model.close();

            assertFailed(running.get(20, TimeUnit.SECONDS), ErrorCode.WORKER_STOPPING);
        }
    }

    @Test
    void aCancelledPartEndsThoughItsModelIsBusyAndItsQueueFull() throws Exception {
        String slow = "task: classify\ndelay_ms: 100000";
        try (CallsFixture fixture =
                CallsFixture.of(folder, slow, CAN, "batch: {max_size: 2, queue: 3}")) {
            Cancellation cancellation = new Cancellation();
            List<ImageItem> items = Collections.nCopies(50, image(Color.WHITE, 8, 8));
            var running = async(fixture, part(0, items), cancellation);
            await().until(() -> fixture.decoded() == 3);

            cancellation.cancel();

            assertThat(running.get(20, TimeUnit.SECONDS)).isInstanceOf(Result.Cancelled.class);
        }
    }

    @Test
    void aPartWhoseTimeIsOverEnds() throws Exception {
        String slow = "task: classify\ndelay_ms: 100000";
        try (CallsFixture fixture = CallsFixture.of(folder, slow, CAN)) {
            List<ImageItem> items = Collections.nCopies(5, image(Color.WHITE, 8, 8));

            assertFailed(
                    fixture.run(part(0, items), new Cancellation(), Duration.ofMillis(50)),
                    ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void whatIsHeldUpByOnePartReachesTheQueueOfTheModelForAnother() throws Exception {
        try (CallsFixture fixture =
                CallsFixture.of(folder, "task: classify", CAN, "batch: {max_size: 1, queue: 1}")) {
            List<ImageItem> items = Collections.nCopies(40, image(Color.WHITE, 8, 8));
            List<CompletableFuture<Result<CallOutput>>> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                parts.add(async(fixture, part(40 * i, items), new Cancellation()));
            }

            for (CompletableFuture<Result<CallOutput>> each : parts) {
                var results = (ImageResults) done(each.get(30, TimeUnit.SECONDS)).output();
                assertThat(results.getItems()).hasSize(40).allMatch(r -> r.getError() == null);
            }
        }
    }

    @Test
    void imagesAreListedAndAPartOfTheListIsClassified() throws Exception {
        try (CallsFixture fixture = CallsFixture.of(folder, RULES, CAN)) {
            for (String name : List.of("b.png", "a.png", "c.png")) {
                Files.write(
                        folder.resolve("images").resolve(name),
                        CallsFixture.png(Color.WHITE, 4, 4));
            }
            ImageListing glob = ImageListing.newBuilder().setGlob("*.png").build();
            ListedItems listed = fixture.output(glob, ListedItems.class);
            assertThat(listed.getCount()).isEqualTo(3);

            ImagePart lastTwo =
                    ImagePart.newBuilder()
                            .setFrom(1)
                            .setCount(2)
                            .setManifest(listed.getManifest())
                            .build();
            assertThat(fixture.output(lastTwo, ImageResults.class).getItems())
                    .extracting(ImageResult::getPath)
                    .containsExactly("b.png", "c.png");
            assertFailed(
                    fixture.run(ImageListing.newBuilder().setGlob("*.gif").build()),
                    ErrorCode.NO_IMAGES);
        }
    }

    @Test
    void aVisionLanguageModelIsAskedAboutEachImage() throws Exception {
        String rules =
                """
                task: vision
                replies:
                - {when: "[red picture", say: "Discard."}
                - {when: "[white picture", say: "It looks technical to me"}
                - {when: "[black picture", say: "I cannot say"}
                """;
        String options =
                """
                capabilities: [chat, classify, image_input]
                classify: {labels: [technical, discard], threshold: 0.8}
                """;
        try (CallsFixture fixture = CallsFixture.of(folder, rules, options)) {
            List<ImageItem> items =
                    List.of(
                            image(Color.RED, 8, 8),
                            image(Color.WHITE, 8, 8),
                            image(Color.BLACK, 8, 8));
            ImagePart part = ImagePart.newBuilder(part(0, items)).setAllowUncertain(true).build();

            CallOutput output = done(fixture.run(part));

            List<ImageResult> results = ((ImageResults) output.output()).getItems();
            assertThat(results)
                    .extracting(ImageCallsTest::label)
                    .containsExactly("discard", "uncertain", null);
            assertThat(code(results.get(2))).isEqualTo("unclassifiable_answer");
            assertThat(Objects.requireNonNull(results.get(1).getClassification()).getRawResponse())
                    .isEqualTo("It looks technical to me");
            assertThat(output.usage().completionTokens()).isGreaterThan(5);
        }
    }

    private static CompletableFuture<Result<CallOutput>> async(
            CallsFixture fixture, ImagePart part, Cancellation cancellation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return fixture.run(part, cancellation, CallsFixture.LONG);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private static ImageInput input(Color colour, boolean allowUncertain) {
        return ImageInput.newBuilder()
                .setImage(ByteBuffer.wrap(CallsFixture.png(colour, 8, 8)))
                .setAllowUncertain(allowUncertain)
                .build();
    }

    private static ImagePart part(int from, List<ImageItem> items) {
        return ImagePart.newBuilder().setFrom(from).setCount(items.size()).setItems(items).build();
    }

    private static @Nullable String label(ImageResult result) {
        Classification classification = result.getClassification();
        return classification == null ? null : classification.getLabel();
    }

    private static @Nullable String code(ImageResult result) {
        return result.getError() == null ? null : result.getError().getCode();
    }
}
