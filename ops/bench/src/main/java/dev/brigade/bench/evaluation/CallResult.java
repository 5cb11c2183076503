package dev.brigade.bench.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * How a request ended.
 *
 * @param text the answer; empty when it failed
 * @param failure error code; empty when it was answered
 * @param promptTokens of all stages, also of a request that failed where its terminal tells them
 * @param completionTokens likewise
 * @param millis from before the request to behind its end
 * @param models that took part, in order of first use
 */
record CallResult(
        Optional<String> text,
        Optional<String> failure,
        int promptTokens,
        int completionTokens,
        long millis,
        List<String> models) {

    CallResult {
        models = List.copyOf(models);
        if (text.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("a request is answered or fails");
        }
    }

    int tokens() {
        return promptTokens + completionTokens;
    }
}
