package dev.brigade.dispatcher.routing;

import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Request;

/**
 * How many tokens a request needs, without a tokenizer. Only the worker can count, so a request is
 * refused here only by {@link #least}, and {@link #likely} merely prefers a model that fits.
 */
record TokenEstimate(long least, long likely) {

    /** No tokenizer in use packs running text tighter than this. */
    private static final int MOST_CHARS_PER_TOKEN = 16;

    private static final int USUAL_CHARS_PER_TOKEN = 4;
    private static final int TOKENS_AROUND_A_MESSAGE = 8;

    static TokenEstimate of(Request request) {
        long chars = request.input().length();
        long answer = request.sampling().maxTokens().orElse(0);
        return new TokenEstimate(
                chars / MOST_CHARS_PER_TOKEN,
                chars / USUAL_CHARS_PER_TOKEN + wrapping(request.input()) + answer);
    }

    private static long wrapping(Input input) {
        return input instanceof Input.Chat chat
                ? (long) chat.messages().size() * TOKENS_AROUND_A_MESSAGE
                : 0;
    }
}
