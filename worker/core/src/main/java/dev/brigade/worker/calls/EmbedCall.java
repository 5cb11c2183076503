package dev.brigade.worker.calls;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.EmbeddingInput;
import dev.brigade.schema.Job;
import dev.brigade.worker.backend.Cancellation;
import dev.brigade.worker.backend.EmbeddingModel;
import dev.brigade.worker.backend.EmbeddingModel.EmbeddingTask;
import dev.brigade.worker.backend.EmbeddingModel.InputType;
import dev.brigade.worker.backend.EmbeddingModel.Texts;
import dev.brigade.worker.backend.Result;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Embeds texts. */
record EmbedCall(EmbeddingModel model, EmbeddingTask task, VectorBlocks blocks) implements Call {

    static Result<Call> of(
            EmbeddingModel model, Job job, EmbeddingInput input, VectorBlocks blocks) {
        if (input.getTexts().isEmpty() == input.getTokens().isEmpty()) {
            return Result.failed(
                    ErrorCode.INVALID_REQUEST, "exactly one of texts and tokens must be given");
        }
        Integer dimensions = input.getDimensions();
        return type(input.getInputType())
                .map(type ->
                        new EmbedCall(
                                model,
                                new EmbeddingTask(
                                        job.getJobId(),
                                        texts(input),
                                        type,
                                        dimensions == null
                                                ? OptionalInt.empty()
                                                : OptionalInt.of(dimensions),
                                        job.getPriority()),
                                blocks));
    }

    @Override
    public Result<CallOutput> run(Cancellation cancellation, Duration limit) {
        return model.embed(task, cancellation, limit)
                .then(vectors ->
                        blocks.of(vectors)
                                .map(output -> CallOutput.reading(output, vectors.promptTokens())));
    }

    private static Texts texts(EmbeddingInput input) {
        return input.getTokens().isEmpty()
                ? new Texts.Strings(input.getTexts())
                : new Texts.Tokens(
                        input.getTokens().stream()
                                .map(ids -> ids.stream().mapToInt(Integer::intValue).toArray())
                                .toList());
    }

    private static Result<InputType> type(@Nullable String name) {
        return switch (name) {
            case null -> Result.done(InputType.NONE);
            case "query" -> Result.done(InputType.QUERY);
            case "document" -> Result.done(InputType.DOCUMENT);
            default ->
                    Result.failed(
                            ErrorCode.INVALID_REQUEST, "input_type must be query or document");
        };
    }
}
