package dev.brigade.dispatcher.routing;

import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Request;
import java.util.List;

/**
 * How many tokens one model call needs, without a tokenizer. Only the worker can count, so a
 * request is refused here only by {@code least}; {@code likely} merely prefers a model that fits.
 *
 * @param least that must fit the context at once
 * @param likely likewise
 * @param total of all texts of the call, likely; shares a budget out
 */
public record TokenEstimate(long least, long likely, long total) {

    /** No tokenizer in use packs running text tighter than this. */
    private static final int MOST_CHARS_PER_TOKEN = 16;

    private static final int USUAL_CHARS_PER_TOKEN = 4;
    private static final int TOKENS_AROUND_A_MESSAGE = 8;

    /** Of the input alone. */
    public static TokenEstimate of(Input input) {
        long chars = input.length();
        long likely = chars / USUAL_CHARS_PER_TOKEN + wrapping(input);
        return switch (input) {
            case Input.Embedding embedding when !embedding.tokens().isEmpty() ->
                    counted(embedding.tokens());
            case Input.Embedding embedding ->
                    new TokenEstimate(
                            chars / MOST_CHARS_PER_TOKEN, likely, total(embedding.texts()));
            case Input.Rerank rerank ->
                    new TokenEstimate(
                            chars / MOST_CHARS_PER_TOKEN,
                            likely,
                            total(rerank.documents()) + total(List.of(rerank.query())));
            default -> new TokenEstimate(chars / MOST_CHARS_PER_TOKEN, likely, likely);
        };
    }

    private static TokenEstimate counted(List<List<Integer>> tokens) {
        long longest = tokens.stream().mapToLong(List::size).max().orElse(0);
        return new TokenEstimate(longest, longest, tokens.stream().mapToLong(List::size).sum());
    }

    private static long total(List<String> texts) {
        return texts.stream().mapToLong(text -> text.length() / USUAL_CHARS_PER_TOKEN + 1).sum();
    }

    /** Of the input, and likely the answer. */
    static TokenEstimate of(Request request) {
        TokenEstimate input = of(request.input());
        int answer = request.sampling().maxTokens().orElse(0);
        return new TokenEstimate(input.least(), input.likely() + answer, input.total() + answer);
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
