package dev.brigade.dispatcher.plan;

import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageRef;
import dev.brigade.dispatcher.request.ImageSource;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.StoredPayload;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Images by the ten thousand: cut into parts, some of them side by side. The results of a part are
 * published when it is over, and its stage is forgotten; what fails to classify an image is that
 * image's result, and never the end of the others.
 *
 * <p>Stages: list, where the images must be found first, then part-i, from 0.
 *
 * @param total images; 0 where they must be found first
 * @param partSize images of one part, at most; of a small batch fewer, so that the window is used
 * @param window parts that are worked on at once
 */
public record Sweep(Cast cast, int total, int partSize, int window) implements Plan {

    /** Name under which the whole is published. */
    public static final String STAGE = "batch";

    /** The stage that finds the images. */
    public static final String LIST = "list";

    /** Most images of one batch. */
    public static final int MOST_IMAGES = 100_000;

    private static final String PART = "part-";

    /** What is wrong with the model and not with the images: the next part would fail alike. */
    private static final Set<Code> OF_THE_MODEL =
            EnumSet.of(
                    Code.UNSUPPORTED_TASK,
                    Code.MODEL_NOT_FOUND,
                    Code.NO_CAPABLE_MODEL,
                    Code.INVALID_REQUEST,
                    Code.PAYLOAD_STORE_MISSING);

    public Sweep {
        if (total < 0 || total > MOST_IMAGES || partSize < 1 || window < 1) {
            throw new IllegalArgumentException(
                    "%d images, %d a part, %d parts at once".formatted(total, partSize, window));
        }
    }

    @Override
    public String name() {
        return STAGE;
    }

    @Override
    public boolean undoes() {
        return false;
    }

    @Override
    public Step next(Progress progress) {
        Tally tally = progress.tally();
        if (tally.total() == 0) {
            return switch (progress.standing(LIST)) {
                case NONE -> Step.start(LIST);
                case PENDING, DONE -> Step.AWAIT;
                case LOST, SKIPPED -> new Step.GiveUp(LIST);
            };
        }
        int open = progress.pending();
        if (open > 0 && tally.heldUntilMs().isPresent()) {
            return Step.AWAIT;
        }
        int until = Math.min(parts(tally.total()), tally.begun() + window - open);
        if (tally.begun() < until) {
            return new Step.Start(
                    IntStream.range(tally.begun(), until).mapToObj(part -> PART + part).toList());
        }
        return open > 0 ? Step.AWAIT : new Step.Swept(Outcome.NONE.deciding(decisions(tally)));
    }

    private static List<String> decisions(Tally tally) {
        return List.of(
                "%d of %d images are classified, in %d parts"
                        .formatted(tally.done(), tally.total(), tally.published()));
    }

    /**
     * Images of each part but the last: of a small batch fewer than may be, so that all of the
     * window is used.
     *
     * @param most images of a part
     * @param window parts that are worked on at once
     */
    public static int partSize(int images, int most, int window) {
        return Math.min(most, Math.ceilDiv(images, window));
    }

    private int partSize(int images) {
        return partSize(images, partSize, window);
    }

    private int parts(int images) {
        return Math.ceilDiv(images, partSize(images));
    }

    public static boolean isPart(String stage) {
        return stage.startsWith(PART);
    }

    /** Number of a part, from 0. */
    public static int number(String stage) {
        return Integer.parseInt(stage, PART.length(), stage.length(), 10);
    }

    /** Whether a part that fails so is the end of the batch. */
    public static boolean ends(Failure failure, Tally tally) {
        return tally.published() == 0 && OF_THE_MODEL.contains(failure.code());
    }

    @Override
    public StageSpec spec(String stage) {
        return StageSpec.calls(
                stage, isPart(stage) ? Kind.CLASSIFY : Kind.LIST, cast, Need.REQUIRED);
    }

    @Override
    public Feed feed(Progress progress, String stage) {
        if (!(progress.request().input() instanceof Input.ImageBatch batch)) {
            throw new IllegalStateException("no batch of images in " + progress.request().id());
        }
        return new Feed.Plain(
                isPart(stage)
                        ? part(batch, progress.tally(), number(stage))
                        : listing(batch.source()));
    }

    /** What the part's model is given. */
    public Input.ImagePart part(Input.ImageBatch batch, Tally tally, int number) {
        int from = number * partSize(tally.total());
        int count = Math.min(partSize(tally.total()), tally.total() - from);
        return new Input.ImagePart(
                from,
                count,
                items(batch.source(), from, count),
                tally.manifest(),
                batch.prompt(),
                batch.allowUncertain(),
                batch.resize());
    }

    private static List<ImageRef> items(ImageSource source, int from, int count) {
        return source instanceof ImageSource.Inline inline
                ? inline.items().subList(from, from + count)
                : List.of();
    }

    private static Input.ImageListing listing(ImageSource source) {
        return switch (source) {
            case ImageSource.Glob(String pattern) ->
                    new Input.ImageListing(Optional.of(pattern), Optional.empty());
            case ImageSource.Manifest(StoredPayload payload) ->
                    new Input.ImageListing(Optional.empty(), Optional.of(payload));
            case ImageSource.Inline _ ->
                    throw new IllegalStateException("images of the request need no listing");
        };
    }

    @Override
    public List<List<String>> ahead(Progress progress, List<String> running) {
        return List.of();
    }

    /** Time that runs out ends the batch with what was published, and not with an answer. */
    @Override
    public boolean couldAnswer(Progress progress) {
        return false;
    }
}
