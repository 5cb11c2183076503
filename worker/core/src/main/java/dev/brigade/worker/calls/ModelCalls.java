package dev.brigade.worker.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.ImageInput;
import dev.brigade.schema.ImageListing;
import dev.brigade.schema.ImagePart;
import dev.brigade.schema.Job;
import dev.brigade.schema.RerankInput;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.ImageModel;
import dev.brigade.worker.backend.LoadedModel;
import dev.brigade.worker.backend.RankingModel;
import dev.brigade.worker.backend.RankingModel.RankingTask;
import dev.brigade.worker.backend.Result;
import dev.brigade.worker.backend.TextModel;
import dev.brigade.worker.calls.Classifier.Wish;
import dev.brigade.worker.pool.HostedModel;
import dev.brigade.worker.vision.VisionClassifier;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a loaded model can be called for, beside texts: what both it and its configuration say that
 * it can do.
 */
public final class ModelCalls {

    private final CallTools tools;
    private final Optional<EmbeddingModel> embedder;
    private final Optional<RankCall.Ranker> ranker;
    private final Optional<Classifier> classifier;

    private ModelCalls(
            CallTools tools,
            Optional<EmbeddingModel> embedder,
            Optional<RankCall.Ranker> ranker,
            Optional<Classifier> classifier) {
        this.tools = tools;
        this.embedder = embedder;
        this.ranker = ranker;
        this.classifier = classifier;
    }

    /** The calls of a model. */
    public static ModelCalls of(HostedModel hosted, LoadedModel model, CallTools tools) {
        Set<String> can = new HashSet<>(model.facts().capabilities());
        can.retainAll(hosted.config().capabilities());
        Optional<EmbeddingModel> embedder =
                Optional.of(model)
                        .filter(EmbeddingModel.class::isInstance)
                        .map(EmbeddingModel.class::cast);
        return new ModelCalls(
                tools,
                embedder.filter(_ -> can.contains("embedding")),
                ranker(model, embedder).filter(_ -> can.contains("rerank")),
                classifier(hosted, model, tools).filter(_ -> can.contains("classify")));
    }

    private static Optional<RankCall.Ranker> ranker(
            LoadedModel model, Optional<EmbeddingModel> embedder) {
        return model instanceof RankingModel ranking
                ? Optional.of(ranking::rank)
                : embedder.map(CosineRanker::new);
    }

    private static Optional<Classifier> classifier(
            HostedModel hosted, LoadedModel model, CallTools tools) {
        var options = hosted.spec().options();
        if (model instanceof ImageModel images) {
            OptionalDouble said = options.classify().threshold();
            Labelling labelling = new Labelling(said.isPresent() ? said : images.threshold());
            return Optional.of(new ImageModelClassifier(images, tools.desk(), labelling));
        }
        if (model instanceof TextModel text && text.takesImages()) {
            return Optional.of(
                    new VisionModelClassifier(
                            new VisionClassifier(hosted.id(), text, options.classify()),
                            tools.desk(),
                            new Labelling(options.classify().threshold())));
        }
        return Optional.empty();
    }

    /** The call that a job describes; {@code unsupported_task} where the model cannot do it. */
    public Result<Call> of(Job job) {
        String model = job.getModel();
        return switch (job.getInput()) {
            case EmbeddingInput input ->
                    embedder.map(can ->
                                    EmbedCall.of(
                                            can, job, input, new VectorBlocks(tools.payloads())))
                            .orElseGet(() -> unsupported(model, "embeds no texts"));
            case RerankInput input ->
                    ranker.map(can -> Result.<Call>done(new RankCall(can, task(job, input))))
                            .orElseGet(() -> unsupported(model, "ranks no documents"));
            case ImageInput input ->
                    classifier
                            .map(can -> Result.<Call>done(ClassifyCall.of(can, job, input)))
                            .orElseGet(() -> noImages(model));
            case ImagePart input ->
                    classifier
                            .map(can ->
                                    Result.<Call>done(
                                            new PartCall(
                                                    tools.desk(), can, input, Wish.of(job, input))))
                            .orElseGet(() -> noImages(model));
            case ImageListing input ->
                    classifier
                            .map(_ -> Result.<Call>done(new ListCall(tools.desk(), input)))
                            .orElseGet(() -> noImages(model));
            default -> unsupported(model, "cannot do this");
        };
    }

    private static RankingTask task(Job job, RerankInput input) {
        return new RankingTask(
                job.getJobId(), input.getQuery(), input.getDocuments(), job.getPriority());
    }

    private static Result<Call> noImages(String model) {
        return unsupported(model, "classifies no images");
    }

    private static Result<Call> unsupported(String model, String reason) {
        return Result.failed(ErrorCode.UNSUPPORTED_TASK, "model %s %s".formatted(model, reason));
    }
}
