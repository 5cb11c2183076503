package dev.brigade.bench.evaluation;

import java.util.Optional;

/**
 * How a contestant fared with one question. A failure counts as wrong.
 *
 * @param answer in the form in which answers are compared; empty when there was none in the reply
 * @param right whether it was the wanted one
 * @param calls requests made
 * @param promptTokens of all of them
 * @param completionTokens of all of them
 * @param millis from before the first request to behind the last one's end
 * @param failure error code when no request was answered
 */
record Outcome(
        Optional<String> answer,
        boolean right,
        int calls,
        int promptTokens,
        int completionTokens,
        long millis,
        Optional<String> failure) {

    int tokens() {
        return promptTokens + completionTokens;
    }
}
