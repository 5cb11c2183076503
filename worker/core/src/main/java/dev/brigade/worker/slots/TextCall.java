package dev.brigade.worker.slots;

import dev.brigade.config.ModelConfig.SamplingDefaults;
import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.CompletionInput;
import dev.brigade.schema.Job;
import dev.brigade.schema.ResponseFormat;
import dev.brigade.schema.Sampling;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Result;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A text that a job asks for.
 *
 * @param preamble text with which the answer begins: the echoed prompt, or nothing
 */
record TextCall(GenerationRequest request, String preamble) {

    private static final Sampling NOTHING_SAID = Sampling.newBuilder().build();

    /**
     * The text that a job of a chat or a completion asks for.
     *
     * @param defaults of the model, for what the request leaves open
     */
    static Result<TextCall> of(Job job, SamplingDefaults defaults) {
        return switch (job.getInput()) {
            case ChatInput chat -> chat(job, chat, defaults);
            case CompletionInput completion ->
                    Result.done(
                            new TextCall(
                                    request(job, new Prompt.Raw(completion.getPrompt()), defaults),
                                    completion.getEcho() ? completion.getPrompt() : ""));
            default -> throw new IllegalArgumentException("the job asks for no text");
        };
    }

    private static Result<TextCall> chat(Job job, ChatInput chat, SamplingDefaults defaults) {
        List<Message> messages =
                chat.getMessages().stream()
                        .map(m -> new Message(m.getRole(), m.getContent()))
                        .toList();
        return messages.isEmpty()
                ? Result.failed(ErrorCode.INVALID_REQUEST, "the chat is empty")
                : Result.done(new TextCall(request(job, new Prompt.Chat(messages), defaults), ""));
    }

    private static GenerationRequest request(Job job, Prompt prompt, SamplingDefaults defaults) {
        Sampling sampling = job.getSampling() == null ? NOTHING_SAID : job.getSampling();
        return GenerationRequest.builder(job.getJobId(), prompt)
                .maxTokens(number(sampling.getMaxTokens(), defaults.maxTokens()))
                .totalTokens(number(job.getSagaTokens(), OptionalInt.empty()))
                .temperature(number(sampling.getTemperature(), defaults.temperature()))
                .topP(number(sampling.getTopP(), defaults.topP()))
                .topK(number(sampling.getTopK(), defaults.topK()))
                .minP(number(sampling.getMinP(), defaults.minP()))
                .seed(
                        sampling.getSeed() == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(sampling.getSeed()))
                .presencePenalty(number(sampling.getPresencePenalty(), OptionalDouble.empty()))
                .frequencyPenalty(number(sampling.getFrequencyPenalty(), OptionalDouble.empty()))
                .repeatPenalty(number(sampling.getRepeatPenalty(), defaults.repeatPenalty()))
                .stop(sampling.getStop())
                .constraint(constraint(sampling.getResponseFormat()))
                .build();
    }

    private static Constraint constraint(@Nullable ResponseFormat format) {
        if (format == null) {
            return new Constraint.None();
        }
        String schema = format.getJsonSchema();
        return switch (format.getType()) {
            case TEXT -> new Constraint.None();
            case JSON_OBJECT -> new Constraint.JsonObject();
            case JSON_SCHEMA ->
                    schema == null
                            ? new Constraint.JsonObject()
                            : new Constraint.JsonSchema(schema);
        };
    }

    private static OptionalDouble number(@Nullable Double value, OptionalDouble otherwise) {
        return value == null ? otherwise : OptionalDouble.of(value);
    }

    private static OptionalInt number(@Nullable Integer value, OptionalInt otherwise) {
        return value == null ? otherwise : OptionalInt.of(value);
    }
}
