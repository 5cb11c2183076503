package dev.brigade.dispatcher.simulation;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.StoredPayload;
import dev.brigade.dispatcher.request.TestingRequest;
import dev.brigade.dispatcher.request.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Requests whose answer is no text, and what models say to them. */
final class SimulatedImages {

    private static final int DIMENSIONS = 2;
    private static final StoredPayload MANIFEST = new StoredPayload("ab", 100, "application/jsonl");

    private final World world;

    SimulatedImages(World world) {
        this.world = world;
    }

    void shape(TestingRequest request) {
        request.input(world.chance(0.6) ? batch() : single()).stream(world.chance(0.7));
        if (world.chance(0.05)) {
            request.mode("debate");
        }
    }

    private Input batch() {
        ImageSource source =
                switch ((int) world.between(0, 2)) {
                    case 0 -> new ImageSource.Glob("*.png");
                    case 1 -> new ImageSource.Manifest(MANIFEST);
                    default -> new ImageSource.Inline(images((int) world.between(1, 30)));
                };
        return new Input.ImageBatch(source, Optional.empty(), false, true);
    }

    private Input single() {
        return switch ((int) world.between(0, 2)) {
            case 0 -> new Input.Image(ImageRef.ofPath("a.png"), Optional.empty(), false, true);
            case 1 -> new Input.Rerank("who?", List.of("me", "you"));
            default ->
                    new Input.Embedding(
                            List.of("a", "b"), List.of(), Optional.empty(), OptionalInt.empty());
        };
    }

    private static List<ImageRef> images(int count) {
        return IntStream.range(0, count).mapToObj(i -> ImageRef.ofPath(i + ".png")).toList();
    }

    /** What the model makes of it; empty where it writes. */
    Optional<Output> output(Input input) {
        return switch (input) {
            case Input.Chat _, Input.Completion _, Input.Map _, Input.ImageBatch _ ->
                    Optional.empty();
            case Input.Embedding embedding -> Optional.of(vectors(embedding.count()));
            case Input.Rerank rerank ->
                    Optional.of(
                            new Output.Ranking(
                                    DoubleStream.generate(() -> world.between(0, 100) / 100.0)
                                            .limit(rerank.documents().size())
                                            .boxed()
                                            .toList()));
            case Input.Image _ -> Optional.of(classification());
            case Input.ImagePart part -> Optional.of(new Output.ImageResults(results(part)));
            case Input.ImageListing _ ->
                    Optional.of(new Output.ListedItems(MANIFEST, (int) world.between(0, 20)));
        };
    }

    private Output.Embeddings vectors(int count) {
        var bytes =
                ByteBuffer.allocate(count * DIMENSIONS * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) world.between(1, 9) - 5.5f);
        }
        return new Output.Embeddings(
                count, DIMENSIONS, Optional.of(new Vectors(bytes.array())), Optional.empty());
    }

    private Output.Classification classification() {
        String label = world.chance(0.5) ? "technical" : "discard";
        return new Output.Classification(label, 0.9, List.of(), Optional.empty());
    }

    /** Of all images but, at times, one. */
    private List<ImageResult> results(Input.ImagePart part) {
        var results = new ArrayList<ImageResult>();
        for (int i = part.from(); i < part.from() + part.count(); i++) {
            results.add(
                    world.chance(0.05)
                            ? ImageResult.failed(
                                    i, Optional.empty(), Failure.of(Code.NOT_AN_IMAGE, "none"))
                            : new ImageResult(
                                    i,
                                    Optional.empty(),
                                    Optional.of(classification()),
                                    Optional.empty()));
        }
        if (world.chance(0.05)) {
            results.removeLast();
        }
        return results;
    }
}
