package dev.brigade.worker.remote;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.ModelFacts;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.backend.RankingModel;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.backend.TokenSink;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model on a server. This class can do all that such models can; its subclasses say which of it
 * one does.
 */
abstract class RemoteModel implements LoadedModel {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteModel.class);

    private final RemoteParts parts;
    private final Watch watch;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger dimensions;
    private final AtomicBoolean guessed = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    private RemoteModel(RemoteParts parts, boolean up, int dimensions) {
        this.parts = parts;
        this.dimensions = new AtomicInteger(dimensions);
        this.watch = new Watch(parts.id(), parts::look, () -> running.get() > 0, parts.pace(), up);
    }

    /**
     * The model that does what the configuration says.
     *
     * @param up whether the server answered
     * @param dimensions of its vectors; 0 where it has none, or nobody knows yet
     */
    static RemoteModel of(RemoteParts parts, boolean up, int dimensions) {
        boolean embeds = parts.can("embedding");
        boolean ranks = parts.can("rerank");
        if (parts.generates()) {
            if (embeds) {
                return ranks
                        ? new All(parts, up, dimensions)
                        : new TextsAndVectors(parts, up, dimensions);
            }
            return ranks ? new TextsAndScores(parts, up) : new Texts(parts, up);
        }
        if (embeds) {
            return ranks
                    ? new VectorsAndScores(parts, up, dimensions)
                    : new Vectors(parts, up, dimensions);
        }
        return new Scores(parts, up);
    }

    @Override
    public ModelFacts facts() {
        int length = dimensions.get();
        return new ModelFacts(
                parts.contextLength(),
                parts.capabilities(),
                0,
                "",
                OptionalLong.empty(),
                "",
                parts.labels(),
                length == 0 ? OptionalInt.empty() : OptionalInt.of(length));
    }

    @Override
    public Health health() {
        return watch.health();
    }

    /** As {@link TextModel#generate}. */
    public Outcome generate(
            GenerationRequest request, TokenSink sink, Cancellation cancellation, Duration limit) {
        var result =
                call(
                        () ->
                                parts.generate(
                                        request, sink, parts.time(limit, cancellation), this::told),
                        cancellation);
        return switch (result) {
            case Result.Done<Outcome>(Outcome outcome) -> outcome;
            case Result.Failed<Outcome>(ErrorCode code, String message, boolean crashed) ->
                    new Outcome.Failed(code, message, crashed);
            case Result.Cancelled<Outcome>() -> new Outcome.Cancelled(new Outcome.Usage(0, 0, -1));
        };
    }

    /** As {@link TextModel#takesImages}. */
    public boolean takesImages() {
        return parts.can("image_input") || parts.can("classify");
    }

    /** As {@link EmbeddingModel#embed}. */
    public Result<EmbeddingModel.Vectors> embed(
            EmbeddingModel.EmbeddingTask task, Cancellation cancellation, Duration limit) {
        return call(
                () -> {
                    var vectors = parts.vectors().embed(task, parts.time(limit, cancellation));
                    if (task.dimensions().isEmpty()) {
                        dimensions.set(vectors.dimensions());
                    }
                    return vectors;
                },
                cancellation);
    }

    /** As {@link EmbeddingModel#dimensions}; 0 while the server has not been heard yet. */
    public int dimensions() {
        return dimensions.get();
    }

    /** As {@link RankingModel#rank}. */
    public Result<RankingModel.Scores> rank(
            RankingModel.RankingTask task, Cancellation cancellation, Duration limit) {
        return call(() -> parts.scores().rank(task, parts.time(limit, cancellation)), cancellation);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            watch.close();
            parts.server().close();
        }
    }

    private <T> Result<T> call(RemoteCall<T> call, Cancellation cancellation) {
        running.incrementAndGet();
        try {
            return Result.done(call.run());
        } catch (CallCancelled e) {
            return cancellation.isCancelled() ? Result.cancelled() : stopping();
        } catch (CallFailure e) {
            return closed.get() ? stopping() : failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.cancelled();
        } finally {
            running.decrementAndGet();
        }
    }

    private <T> Result<T> failed(CallFailure failure) {
        switch (failure.kind()) {
            case UNREACHABLE -> watch.lost(failure.reason());
            case BROKEN -> watch.doubt();
            case ANSWERED, LATE -> {}
        }
        return Result.failed(failure.code(), failure.reason());
    }

    private static <T> Result<T> stopping() {
        return Result.failed(ErrorCode.WORKER_STOPPING, "the model is being unloaded");
    }

    private void told(boolean counted) {
        if (!counted && guessed.compareAndSet(false, true)) {
            LOG.warn(
                    "the server of model {} counts no tokens; its usage is an estimate",
                    parts.id());
        }
    }

    /** A call of the server. */
    @FunctionalInterface
    private interface RemoteCall<T> {
        T run() throws CallFailure, CallCancelled, InterruptedException;
    }

    private static final class Texts extends RemoteModel implements TextModel {
        Texts(RemoteParts parts, boolean up) {
            super(parts, up, 0);
        }
    }

    private static final class Vectors extends RemoteModel implements EmbeddingModel {
        Vectors(RemoteParts parts, boolean up, int dimensions) {
            super(parts, up, dimensions);
        }
    }

    private static final class Scores extends RemoteModel implements RankingModel {
        Scores(RemoteParts parts, boolean up) {
            super(parts, up, 0);
        }
    }

    private static final class VectorsAndScores extends RemoteModel
            implements EmbeddingModel, RankingModel {
        VectorsAndScores(RemoteParts parts, boolean up, int dimensions) {
            super(parts, up, dimensions);
        }
    }

    private static final class TextsAndVectors extends RemoteModel
            implements TextModel, EmbeddingModel {
        TextsAndVectors(RemoteParts parts, boolean up, int dimensions) {
            super(parts, up, dimensions);
        }
    }

    private static final class TextsAndScores extends RemoteModel
            implements TextModel, RankingModel {
        TextsAndScores(RemoteParts parts, boolean up) {
            super(parts, up, 0);
        }
    }

    private static final class All extends RemoteModel
            implements TextModel, EmbeddingModel, RankingModel {
        All(RemoteParts parts, boolean up, int dimensions) {
            super(parts, up, dimensions);
        }
    }
}
