package dev.brigade.rest.generation;

import dev.brigade.client.Answer;

/** OpenAI's {@code usage}. */
public record UsageView(int promptTokens, int completionTokens, int totalTokens) {

    /** Tokens of an answer. */
    public static UsageView of(Answer answer) {
        return new UsageView(
                answer.promptTokens(),
                answer.completionTokens(),
                answer.promptTokens() + answer.completionTokens());
    }
}
