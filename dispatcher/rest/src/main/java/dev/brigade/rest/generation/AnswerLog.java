package dev.brigade.rest.generation;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per call: what it was and how it ended, never what it said. */
final class AnswerLog {

    private static final Logger log = LoggerFactory.getLogger(AnswerLog.class);

    private AnswerLog() {}

    static void answered(Answer answer) {
        log.info(
                "request {} answered by {}: {} prompt tokens, {} completion tokens, {}",
                answer.requestId(),
                answer.model(),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.finishReason());
    }

    static void failed(Failure failure) {
        log.info("request {} failed: {}", failure.requestId(), failure.code().wireName());
    }
}
