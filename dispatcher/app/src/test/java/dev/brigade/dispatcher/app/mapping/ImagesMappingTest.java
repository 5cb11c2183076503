package dev.brigade.dispatcher.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.contract.serde.AvroWire;
import dev.brigade.contract.serde.BuiltInSchemas;
import dev.brigade.contract.serde.UndecodableException;
import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageBytes;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.LabelScore;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.Sampling;
import dev.brigade.dispatcher.request.StoredPayload;
import dev.brigade.dispatcher.request.Vectors;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Embeddings;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ImageBatchInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageResults;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.ListedItems;
import dev.brigade.schema.Ranking;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.StageProgress;
import dev.brigade.schema.Timings;
import dev.brigade.schema.Usage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Images, vectors and scores find their places in the contract, and nothing is lost on the way. */
final class ImagesMappingTest {

    private static final AvroWire WIRE = new AvroWire(BuiltInSchemas.instance());
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0};
    private static final StoredPayload STORED =
            new StoredPayload("abc".repeat(21) + "d", 77, "image/png");
    private static final Output.Classification TECHNICAL =
            new Output.Classification(
                    "technical",
                    0.9,
                    List.of(new LabelScore("technical", 0.9), new LabelScore("discard", 0.1)),
                    Optional.of("It is a diagram."));

    static List<Input> inputsOfJobs() {
        return List.of(
                new Input.Embedding(
                        List.of("a", "b"), List.of(), Optional.of("query"), OptionalInt.of(8)),
                new Input.Embedding(
                        List.of(),
                        List.of(List.of(1, 2), List.of(3)),
                        Optional.empty(),
                        OptionalInt.empty()),
                new Input.Rerank("which?", List.of("this", "that")),
                new Input.Image(image(null), Optional.of("What is it?"), true, false),
                new Input.Image(ImageRef.ofPath("scans/1.png"), Optional.empty(), false, true),
                new Input.ImageListing(Optional.of("scans/**/*.png"), Optional.empty()),
                new Input.ImageListing(Optional.empty(), Optional.of(STORED)),
                new Input.ImagePart(
                        64,
                        3,
                        List.of(ImageRef.ofPath("a.png"), image("mine"), stored()),
                        Optional.empty(),
                        Optional.of("What is it?"),
                        true,
                        false),
                new Input.ImagePart(
                        0, 64, List.of(), Optional.of(STORED), Optional.empty(), false, true));
    }

    @ParameterizedTest
    @MethodSource("inputsOfJobs")
    void theInputOfAJobComesBackAsItWent(Input input) throws UndecodableException {
        Job job = job(input);
        byte[] wire = WIRE.encode(Jobs.write(job, 0));

        assertThat(Jobs.read(WIRE.decode(wire, dev.brigade.schema.Job.class))).isEqualTo(job);
    }

    @Test
    void aBatchHasOneSourceAndPathsAreImagesToo() {
        assertThat(batch(ImageBatchInput.newBuilder().setPaths(List.of("a.png", "b.png"))))
                .isEqualTo(inline(List.of(ImageRef.ofPath("a.png"), ImageRef.ofPath("b.png"))));
        assertThat(
                        batch(
                                ImageBatchInput.newBuilder()
                                        .setItems(
                                                List.of(
                                                        new ImageItem(
                                                                null,
                                                                ByteBuffer.wrap(PNG),
                                                                null,
                                                                "mine")))))
                .isEqualTo(inline(List.of(image("mine"))));
        assertThat(batch(ImageBatchInput.newBuilder().setGlob("*.png")))
                .isEqualTo(whole(new ImageSource.Glob("*.png")));
        assertThat(batch(ImageBatchInput.newBuilder().setManifest(Images.write(STORED))))
                .isEqualTo(whole(new ImageSource.Manifest(STORED)));
    }

    @Test
    void whatABatchAsksOfEachImageIsKept() {
        ImageBatchInput record =
                ImageBatchInput.newBuilder()
                        .setGlob("*.png")
                        .setPrompt("What is it?")
                        .setAllowUncertain(true)
                        .setResizeImage(false)
                        .build();

        assertThat(Inputs.read(record))
                .contains(
                        new Input.ImageBatch(
                                new ImageSource.Glob("*.png"),
                                Optional.of("What is it?"),
                                true,
                                false));
    }

    @Test
    void aBatchIsNoJob() {
        assertThatThrownBy(() -> Inputs.write(inline(List.of(image(null)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSingleImageIsReadWhereverItIs() {
        ImageInput record = ImageInput.newBuilder().setStored(Images.write(STORED)).build();

        assertThat(Inputs.read(record))
                .contains(new Input.Image(stored(), Optional.empty(), false, true));
    }

    @Test
    void whatAWorkerGaveIsReadWhateverItIs() {
        var vectors = ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3f});
        assertThat(finished(new Embeddings(1, 1, vectors, null)))
                .isEqualTo(
                        new Output.Embeddings(
                                1, 1, Optional.of(new Vectors(vectors.array())), Optional.empty()));
        assertThat(finished(new Embeddings(9, 4, null, Images.write(STORED))))
                .isEqualTo(new Output.Embeddings(9, 4, Optional.empty(), Optional.of(STORED)));
        assertThat(finished(new Ranking(List.of(0.5, -1.0))))
                .isEqualTo(new Output.Ranking(List.of(0.5, -1.0)));
        assertThat(finished(Outputs.write(TECHNICAL))).isEqualTo(TECHNICAL);
        assertThat(finished(new ListedItems(Images.write(STORED), 7)))
                .isEqualTo(new Output.ListedItems(STORED, 7));
    }

    @Test
    void everyImageOfAPartHasItsOwnEnd() {
        var broken =
                new dev.brigade.schema.ImageResult(
                        8,
                        "b.png",
                        null,
                        new ReplyError("image_truncated", "it ends early", "path", false));
        var unheardOf =
                new dev.brigade.schema.ImageResult(
                        9, null, null, new ReplyError("of_a_later_version", "no", null, true));
        var good =
                new dev.brigade.schema.ImageResult(
                        7, "a.png", (Classification) Outputs.write((Output) TECHNICAL), null);

        assertThat(finished(new ImageResults(List.of(good, broken, unheardOf))))
                .isEqualTo(
                        new Output.ImageResults(
                                List.of(
                                        new ImageResult(
                                                7,
                                                Optional.of("a.png"),
                                                Optional.of(TECHNICAL),
                                                Optional.empty()),
                                        ImageResult.failed(
                                                8,
                                                Optional.of("b.png"),
                                                new Failure(
                                                        Code.IMAGE_TRUNCATED,
                                                        "it ends early",
                                                        Optional.of("path"))),
                                        ImageResult.failed(
                                                9,
                                                Optional.empty(),
                                                Failure.of(Code.ENGINE_ERROR, "no")))));
    }

    @Test
    void anImageThatEndedInNoWayIsRefused() {
        var neither = new dev.brigade.schema.ImageResult(0, null, null, null);

        assertThatThrownBy(() -> finished(new ImageResults(List.of(neither))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void resultsArePublishedWholeOrByTheirLabelsAlone() {
        var results =
                new Command.PublishResults(
                        "r1",
                        3,
                        5,
                        "m1",
                        List.of(
                                new ImageResult(
                                        7,
                                        Optional.of("a.png"),
                                        Optional.of(TECHNICAL),
                                        Optional.empty()),
                                ImageResult.failed(
                                        8,
                                        Optional.of("b.png"),
                                        Failure.of(Code.IMAGE_EMPTY, "it is empty"))));
        var label = new Classification("technical", 0.9, List.of(), null);
        var empty = new ReplyError("image_empty", "it is empty", null, false);

        List<ResultPart> parts =
                ResultParts.DETAILS.stream()
                        .map(detail -> ResultParts.write(results, detail, 11))
                        .toList();

        assertThat(parts.get(0))
                .isEqualTo(
                        part(
                                result(7, "a.png", (Classification) Outputs.write(TECHNICAL), null),
                                result(8, "b.png", null, empty)));
        assertThat(parts.get(1))
                .isEqualTo(part(result(7, "a.png", label, null), result(8, "b.png", null, empty)));
        assertThat(parts.get(2))
                .isEqualTo(part(result(7, null, label, null), result(8, null, null, empty)));
        assertThat(ResultParts.DETAILS).first().isEqualTo(UnaryOperator.identity());
    }

    @Test
    void aSummaryIsWrittenWhole() {
        var summary =
                new BatchSummary(10, 7, 2, new TreeMap<>(Map.of("technical", 7L)), 1.5, 6.0, 3);

        assertThat(Outputs.write(summary))
                .isEqualTo(
                        new dev.brigade.schema.BatchSummary(
                                10, 7, 2, Map.of("technical", 7L), 1.5, 6.0, 3));
    }

    @Test
    void progressOfABatchSaysHowFastItIs() {
        Chunk chunk =
                Chunks.write(
                        new Command.PublishProgress(
                                "r1", 3, "batch", 4, 7, 2, 10, 6.5, OptionalLong.of(150)));

        assertThat(chunk.getStage()).isEqualTo("batch");
        assertThat(chunk.getSeq()).isEqualTo(4);
        assertThat(chunk.getProgress()).isEqualTo(new StageProgress(7, 2, 10, 6.5, 150L));
    }

    private static Object batch(ImageBatchInput.Builder record) {
        return Inputs.read(record.build()).orElseThrow();
    }

    private static Input.ImageBatch inline(List<ImageRef> items) {
        return whole(new ImageSource.Inline(items));
    }

    private static Input.ImageBatch whole(ImageSource source) {
        return new Input.ImageBatch(source, Optional.empty(), false, true);
    }

    private static ImageRef image(@Nullable String name) {
        return new ImageRef(
                Optional.empty(),
                Optional.of(new ImageBytes(PNG)),
                Optional.empty(),
                Optional.ofNullable(name));
    }

    private static ImageRef stored() {
        return new ImageRef(
                Optional.empty(), Optional.empty(), Optional.of(STORED), Optional.empty());
    }

    private static Job job(Input input) {
        return new Job(
                "r1/part-1/1",
                "r1",
                "part-1",
                1,
                "m1",
                "tenant",
                Priority.LOW,
                input,
                Sampling.DEFAULTS,
                1_000,
                3,
                5,
                false,
                Optional.empty(),
                true,
                false,
                OptionalInt.empty());
    }

    private static Output finished(Object output) {
        var record =
                AttemptFinished.newBuilder()
                        .setAttempt(
                                new AttemptRef(
                                        "r1",
                                        "part-1",
                                        "r1/part-1/1",
                                        new Epoch(1, 1, "a"),
                                        "w",
                                        "m1"))
                        .setText("")
                        .setFinishReason("stop")
                        .setUsage(new Usage(0, 0))
                        .setTimings(new Timings(0L, 0L, 0L))
                        .setLastSeq(-1)
                        .setDigest("digest")
                        .setOutput(output)
                        .build();
        Event event = Events.read(new InferenceEvent("r1", 0L, record));
        return ((Event.AttemptFinished) event).answer().output().orElseThrow();
    }

    private static ResultPart part(dev.brigade.schema.ImageResult... items) {
        return new ResultPart("r1", 5, "m1", List.of(items), 11L);
    }

    private static dev.brigade.schema.ImageResult result(
            int index,
            @Nullable String path,
            @Nullable Classification classification,
            @Nullable ReplyError error) {
        return new dev.brigade.schema.ImageResult(index, path, classification, error);
    }
}
