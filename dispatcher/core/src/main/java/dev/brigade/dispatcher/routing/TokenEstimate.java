package dev.brigade.dispatcher.routing;

import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Request;

/**
 * How many tokens one model call needs, without a tokenizer. Only the worker can count, so a
 * request is refused here only by {@link #least}, and {@link #likely} merely prefers a model that
 * fits and shares a budget out.
 */
public record TokenEstimate(long least, long likely) {

    /** No tokenizer in use packs running text tighter than this. */
    private static final int MOST_CHARS_PER_TOKEN = 16;

    private static final int USUAL_CHARS_PER_TOKEN = 4;
    private static final int TOKENS_AROUND_A_MESSAGE = 8;

    /** Of the input alone. */
    public static TokenEstimate of(Input input) {
        long chars = input.length();
        return new TokenEstimate(
                chars / MOST_CHARS_PER_TOKEN, chars / USUAL_CHARS_PER_TOKEN + wrapping(input));
    }

    /** Of the input, and likely the answer. */
    static TokenEstimate of(Request request) {
        TokenEstimate input = of(request.input());
        return new TokenEstimate(
                input.least(), input.likely() + request.sampling().maxTokens().orElse(0));
    }

    private static long wrapping(Input input) {
        return switch (input) {
            case Input.Chat chat -> wrapping(chat.messages().size());
            case Input.Map map -> wrapping(map.messages().size() + 1);
            case Input.Completion _, Input.Embedding _, Input.Rerank _, Input.Images _ -> 0;
        };
    }

    private static long wrapping(int messages) {
        return (long) messages * TOKENS_AROUND_A_MESSAGE;
    }
}
