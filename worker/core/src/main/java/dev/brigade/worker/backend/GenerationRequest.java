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

    /** A request with everything left to the model. */
    public static GenerationRequest of(String id, Prompt prompt) {
        return builder(id, prompt).build();
    }

    /** Begins a request with everything left to the model. */
    public static Builder builder(String id, Prompt prompt) {
        return new Builder(id, prompt);
    }

    /** The same with another constraint. */
    public GenerationRequest with(Constraint other) {
        return new GenerationRequest(
                id,
                prompt,
                maxTokens,
                totalTokens,
                temperature,
                topP,
                topK,
                minP,
                seed,
                presencePenalty,
                frequencyPenalty,
                repeatPenalty,
                stop,
                other);
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

    /**
     * One message of a chat.
     *
     * @param pictures that it holds before its text; only for models that take images
     */
    public record Message(String role, String content, List<Picture> pictures) {

        public Message {
            pictures = List.copyOf(pictures);
        }

        /** A message of text alone. */
        public Message(String role, String content) {
            this(role, content, List.of());
        }
    }

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

    /** A request that is being put together. */
    public static final class Builder {

        private final String id;
        private final Prompt prompt;
        private OptionalInt maxTokens = OptionalInt.empty();
        private OptionalInt totalTokens = OptionalInt.empty();
        private OptionalDouble temperature = OptionalDouble.empty();
        private OptionalDouble topP = OptionalDouble.empty();
        private OptionalInt topK = OptionalInt.empty();
        private OptionalDouble minP = OptionalDouble.empty();
        private OptionalLong seed = OptionalLong.empty();
        private OptionalDouble presencePenalty = OptionalDouble.empty();
        private OptionalDouble frequencyPenalty = OptionalDouble.empty();
        private OptionalDouble repeatPenalty = OptionalDouble.empty();
        private List<String> stop = List.of();
        private Constraint constraint = new Constraint.None();

        private Builder(String id, Prompt prompt) {
            this.id = id;
            this.prompt = prompt;
        }

        public Builder maxTokens(OptionalInt value) {
            maxTokens = value;
            return this;
        }

        public Builder totalTokens(OptionalInt value) {
            totalTokens = value;
            return this;
        }

        public Builder temperature(OptionalDouble value) {
            temperature = value;
            return this;
        }

        public Builder topP(OptionalDouble value) {
            topP = value;
            return this;
        }

        public Builder topK(OptionalInt value) {
            topK = value;
            return this;
        }

        public Builder minP(OptionalDouble value) {
            minP = value;
            return this;
        }

        public Builder seed(OptionalLong value) {
            seed = value;
            return this;
        }

        public Builder presencePenalty(OptionalDouble value) {
            presencePenalty = value;
            return this;
        }

        public Builder frequencyPenalty(OptionalDouble value) {
            frequencyPenalty = value;
            return this;
        }

        public Builder repeatPenalty(OptionalDouble value) {
            repeatPenalty = value;
            return this;
        }

        public Builder stop(List<String> value) {
            stop = value;
            return this;
        }

        public Builder constraint(Constraint value) {
            constraint = value;
            return this;
        }

        public GenerationRequest build() {
            return new GenerationRequest(
                    id,
                    prompt,
                    maxTokens,
                    totalTokens,
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
    }
}
