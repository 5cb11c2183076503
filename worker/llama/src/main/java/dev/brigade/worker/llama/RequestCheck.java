package dev.brigade.worker.llama;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.worker.backend.GenerationRequest;
import dev.brigade.worker.backend.GenerationRequest.Constraint;
import dev.brigade.worker.backend.GenerationRequest.Message;
import dev.brigade.worker.backend.GenerationRequest.Prompt;
import dev.brigade.worker.backend.Outcome;
import dev.brigade.worker.llama.schema.SchemaChecker;
import dev.brigade.worker.llama.schema.SchemaVerdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Refuses what the native engine would abort on, truncate or pass over: numbers that are none or
 * out of range, messages without role, stop strings without text, schemas it cannot enforce,
 * prompts of absurd length.
 */
final class RequestCheck {

    private static final int MOST_STOPS = 32;
    private static final int LONGEST_STOP = 1_024;
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_CHARACTERS = 4 << 20;

    /** No tokenizer packs so many characters into a token on average. */
    private static final int CHARACTERS_PER_TOKEN = 128;

    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final int contextLength;
    private final boolean chat;
    private final boolean json;

    /** Whether the model takes chats, and can be held to JSON. */
    RequestCheck(int contextLength, boolean chat, boolean json) {
        this.contextLength = contextLength;
        this.chat = chat;
        this.json = json;
    }

    /** What comes of a check. */
    sealed interface Verdict {
        /** The request as the engine shall see it. */
        record Fit(GenerationRequest request) implements Verdict {}

        /** Why it may not. */
        record Unfit(Outcome.Failed failed) implements Verdict {}
    }

    Verdict check(GenerationRequest request) {
        return prompt(request.prompt())
                .or(() -> numbers(request))
                .or(() -> stops(request.stop()))
                .<Verdict>map(Verdict.Unfit::new)
                .orElseGet(() -> constraint(request));
    }

    private Optional<Outcome.Failed> prompt(Prompt prompt) {
        long characters =
                switch (prompt) {
                    case Prompt.Raw(String text) -> text.length();
                    case Prompt.Chat(List<Message> messages) ->
                            messages.stream().mapToLong(m -> m.content().length()).sum();
                };
        long most = Math.min(MOST_CHARACTERS, 4_096L + (long) contextLength * CHARACTERS_PER_TOKEN);
        if (characters > most) {
            return failed(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "the prompt has %d characters; this model's context is %d tokens"
                            .formatted(characters, contextLength));
        }
        return prompt instanceof Prompt.Chat(List<Message> messages)
                ? chat(messages)
                : Optional.empty();
    }

    private Optional<Outcome.Failed> chat(List<Message> messages) {
        if (!chat) {
            return failed(
                    ErrorCode.UNSUPPORTED_TASK,
                    "this model has no chat template; it can only complete text");
        }
        if (messages.size() > MOST_MESSAGES) {
            return invalid("a chat may have at most %d messages".formatted(MOST_MESSAGES));
        }
        for (int i = 0; i < messages.size(); i++) {
            if (!ROLE.matcher(messages.get(i).role()).matches()) {
                return invalid("message %d has no valid role".formatted(i));
            }
            if (!messages.get(i).pictures().isEmpty()) {
                return failed(ErrorCode.UNSUPPORTED_TASK, "this model takes no images");
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome.Failed> numbers(GenerationRequest request) {
        if (request.maxTokens().orElse(1) < 1) {
            return invalid("max_tokens must be at least 1");
        }
        if (request.topK().orElse(0) < 0) {
            return invalid("top_k must not be negative");
        }
        return range("temperature", request.temperature(), 0, 100)
                .or(() -> range("top_p", request.topP(), 0, 1))
                .or(() -> range("min_p", request.minP(), 0, 1))
                .or(() -> range("presence_penalty", request.presencePenalty(), -10, 10))
                .or(() -> range("frequency_penalty", request.frequencyPenalty(), -10, 10))
                .or(() -> range("repeat_penalty", request.repeatPenalty(), 0.01, 10));
    }

    private static Optional<Outcome.Failed> range(
            String name, OptionalDouble value, double least, double most) {
        // The comparison is false for NaN as well.
        boolean fits =
                value.isEmpty() || (value.getAsDouble() >= least && value.getAsDouble() <= most);
        return fits
                ? Optional.empty()
                : invalid("%s must be a number from %s to %s".formatted(name, least, most));
    }

    private static Optional<Outcome.Failed> stops(List<String> stops) {
        if (stops.size() > MOST_STOPS) {
            return invalid("stop may have at most %d strings".formatted(MOST_STOPS));
        }
        boolean fits = stops.stream().allMatch(s -> !s.isEmpty() && s.length() <= LONGEST_STOP);
        return fits
                ? Optional.empty()
                : invalid("a stop string must have 1 to %d characters".formatted(LONGEST_STOP));
    }

    private Verdict constraint(GenerationRequest request) {
        if (!(request.constraint() instanceof Constraint.None) && !json) {
            return new Verdict.Unfit(
                    new Outcome.Failed(
                            ErrorCode.UNSUPPORTED_FIELD,
                            "response_format: this model's vocabulary cannot spell JSON",
                            false));
        }
        if (!(request.constraint() instanceof Constraint.JsonSchema(String schema))) {
            return new Verdict.Fit(request);
        }
        return switch (SchemaChecker.check(schema)) {
            case SchemaVerdict.Accepted(String rebuilt) ->
                    new Verdict.Fit(request.with(new Constraint.JsonSchema(rebuilt)));
            case SchemaVerdict.Refused(String reason) ->
                    new Verdict.Unfit(
                            new Outcome.Failed(
                                    ErrorCode.INVALID_REQUEST,
                                    "response_format: " + reason,
                                    false));
        };
    }

    private static Optional<Outcome.Failed> invalid(String message) {
        return failed(ErrorCode.INVALID_REQUEST, message);
    }

    private static Optional<Outcome.Failed> failed(ErrorCode code, String message) {
        return Optional.of(new Outcome.Failed(code, message, false));
    }
}
