package dev.brigade.worker.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.Classification;
import dev.brigade.schema.ImageItem;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.ImageResults;
import dev.brigade.schema.ReplyError;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.calls.Classifier.Wish;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a part.
 *
 * <p>All images are begun one after another, as the classifier has room, and run side by side. A
 * failure that stays is its image's result. One that may pass, such as that of an engine which is
 * being started again, is tried once more after the others; where it still stands, and other images
 * could be classified, it is taken for the image's own. Where no image could be classified the part
 * fails, and its next attempt may find the engine well.
 */
final class PartRun {

    /** Failures that may pass, without a success, after which no more images are begun. */
    private static final int PATIENCE = 4;

    /** Most characters of all answers of a vision-language model that a part's result repeats. */
    private static final int MOST_RAW_TEXT = 1 << 19;

    private final int from;
    private final List<ImageItem> items;
    private final Classifier classifier;
    private final Wish wish;
    private final Cancellation cancellation;
    private final TimeLimit until;
    private final Map<Integer, String> names = new TreeMap<>();
    private final Map<Integer, Result<Classified>> results = new TreeMap<>();

    PartRun(
            int from,
            List<ImageItem> items,
            Classifier classifier,
            Wish wish,
            Cancellation cancellation,
            TimeLimit until) {
        this.from = from;
        this.items = items;
        this.classifier = classifier;
        this.wish = wish;
        this.cancellation = cancellation;
        this.until = until;
    }

    Result<CallOutput> run() throws InterruptedException {
        classify(IntStream.range(0, items.size()).boxed().toList());
        List<Integer> again = passing();
        boolean some = results.values().stream().anyMatch(Result.Done.class::isInstance);
        if (some && !again.isEmpty() && ended().isEmpty()) {
            classify(again);
        }
        Optional<Result<CallOutput>> ended = ended();
        if (ended.isPresent()) {
            return ended.get();
        }
        return some || again.isEmpty()
                ? Result.done(new CallOutput(new ImageResults(imageResults()), usage()))
                : failure(results.get(again.getFirst()));
    }

    private void classify(List<Integer> indexes) throws InterruptedException {
        Map<Integer, CompletableFuture<Result<Classified>>> begun = new LinkedHashMap<>();
        try {
            for (int index : indexes) {
                if (until.isOver() || cancellation.isCancelled() || isHopeless(begun.values())) {
                    break;
                }
                ImageItem item = items.get(index);
                name(index, item);
                begun.put(index, classifier.begin(item, wish, cancellation, until.left()));
            }
            for (var each : begun.entrySet()) {
                results.put(each.getKey(), Pending.await(each.getValue(), until));
            }
        } finally {
            begun.values().forEach(each -> each.cancel(true));
        }
    }

    private void name(int index, ImageItem item) {
        String name = item.getName() == null ? item.getPath() : item.getName();
        if (name != null) {
            names.put(index, name);
        }
    }

    /** Why the part as a whole has no result, whatever its images came to. */
    private Optional<Result<CallOutput>> ended() {
        if (cancellation.isCancelled()) {
            return Optional.of(Result.cancelled());
        }
        if (until.isOver()) {
            return Optional.of(TimeLimit.exceeded());
        }
        return results.values().stream().filter(PartRun::endsAll).findFirst().map(PartRun::failure);
    }

    /** Whether a failure concerns every image: the model is gone, or the call is over. */
    private static boolean endsAll(Result<?> result) {
        return switch (result) {
            case Result.Done<?> _ -> false;
            case Result.Failed<?> failed ->
                    failed.crashed() || failed.code() == ErrorCode.WORKER_STOPPING;
            case Result.Cancelled<?> _ -> true;
        };
    }

    private static Result<CallOutput> failure(@Nullable Result<Classified> result) {
        return switch (result) {
            case Result.Failed<Classified>(var code, String message, boolean crashed) ->
                    new Result.Failed<>(code, message, crashed);
            case null, default -> Result.cancelled();
        };
    }

    /** Images that failed in a way that may pass. */
    private List<Integer> passing() {
        List<Integer> passing = new ArrayList<>();
        results.forEach((index, result) -> {
            if (mayPass(result)) {
                passing.add(index);
            }
        });
        return passing;
    }

    /** A bug shows again at the next try, so it is taken for the image's own. */
    private static boolean mayPass(Result<?> result) {
        return result instanceof Result.Failed<?> failed
                && failed.code().retriable()
                && failed.code() != ErrorCode.INTERNAL_ERROR;
    }

    private static boolean isHopeless(Collection<CompletableFuture<Result<Classified>>> begun) {
        int failed = 0;
        for (CompletableFuture<Result<Classified>> each : begun) {
            Result<Classified> result = Pending.now(each);
            if (result != null && !mayPass(result)) {
                return false;
            }
            failed += result == null ? 0 : 1;
        }
        return failed >= PATIENCE;
    }

    private List<ImageResult> imageResults() {
        int mostRaw = MOST_RAW_TEXT / items.size();
        List<ImageResult> all = new ArrayList<>();
        results.forEach((index, result) -> {
            ImageResult.Builder image =
                    ImageResult.newBuilder().setIndex(from + index).setPath(names.get(index));
            switch (result) {
                case Result.Done<Classified>(Classified(var label, _)) ->
                        image.setClassification(cut(label, mostRaw));
                case Result.Failed<Classified>(ErrorCode code, String message, _) ->
                        image.setError(
                                new ReplyError(code.wireName(), message, null, code.retriable()));
                case Result.Cancelled<Classified>() ->
                        throw new IllegalStateException("a cancelled part has no results");
            }
            all.add(image.build());
        });
        return all;
    }

    private Outcome.Usage usage() {
        int prompt = 0;
        int completion = 0;
        for (Result<Classified> result : results.values()) {
            if (result instanceof Result.Done<Classified>(Classified(_, var usage))) {
                prompt += usage.promptTokens();
                completion += usage.completionTokens();
            }
        }
        return new Outcome.Usage(prompt, completion, -1);
    }

    private static Classification cut(Classification classification, int mostRaw) {
        String raw = classification.getRawResponse();
        return raw == null || raw.length() <= mostRaw
                ? classification
                : Classification.newBuilder(classification)
                        .setRawResponse(raw.substring(0, mostRaw))
                        .build();
    }
}
