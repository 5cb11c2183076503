package dev.brigade.worker.backend;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One model call.
 *
 * @param id for logs and for the engine's own bookkeeping
 * @param prompt what to answer or continue
 * @param maxTokens most tokens to generate; empty is what the context leaves
 * @param totalTokens most tokens of prompt and answer together, by the request's budget; empty is
 *     no such bound
 * @param stop strings that end the text and are not part of it
 * @param constraint form that the text must have
 */
public record GenerationRequest(
        String id,
        Prompt prompt,
        OptionalInt maxTokens,
        OptionalInt totalTokens,
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalDouble minP,
        OptionalLong seed,
        OptionalDouble presencePenalty,
        OptionalDouble frequencyPenalty,
        OptionalDouble repeatPenalty,
        List<String> stop,
        Constraint constraint) {

    public GenerationRequest {
        stop = List.copyOf(stop);
    }

    /** A request without a budget of tokens. */
    public GenerationRequest(
            String id,
            Prompt prompt,
            OptionalInt maxTokens,
            OptionalDouble temperature,
            OptionalDouble topP,
            OptionalInt topK,
            OptionalDouble minP,
            OptionalLong seed,
            OptionalDouble presencePenalty,
            OptionalDouble frequencyPenalty,
            OptionalDouble repeatPenalty,
            List<String> stop,
            Constraint constraint) {
        this(
                id,
                prompt,
                maxTokens,
                OptionalInt.empty(),
                temperature,
                topP,
                topK,
                minP,
                seed,
                presencePenalty,
                frequencyPenalty,
                repeatPenalty,
                stop,
                constraint);
    }

    /** A request with everything left to the model. */
    public static GenerationRequest of(String id, Prompt prompt) {
        return new GenerationRequest(
                id,
                prompt,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(),
                new Constraint.None());
    }

    /** What the model works on. */
    public sealed interface Prompt {

        /** A chat, to which the model's chat template is applied. */
        record Chat(List<Message> messages) implements Prompt {
            public Chat {
                messages = List.copyOf(messages);
                if (messages.isEmpty()) {
                    throw new IllegalArgumentException("a chat needs at least one message");
                }
            }
        }

        /** Text that the model continues as it is. */
        record Raw(String text) implements Prompt {}
    }

    /** One message of a chat. */
    public record Message(String role, String content) {}

    /** Form that the generated text must have. */
    public sealed interface Constraint {

        /** Any text. */
        record None() implements Constraint {}

        /** Any JSON object. */
        record JsonObject() implements Constraint {}

        /**
         * JSON that the schema allows.
         *
         * @param schema JSON schema as JSON text
         */
        record JsonSchema(String schema) implements Constraint {}
    }
}
