package dev.brigade.rest.calls;

import dev.brigade.client.Answer;
import dev.brigade.client.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per call: what it was and how it ended, never what it said. */
public final class AnswerLog {

    private static final Logger log = LoggerFactory.getLogger(AnswerLog.class);

    private AnswerLog() {}

    /** It has an answer. */
    public static void answered(Answer answer) {
        log.info(
                "request {} answered by {}: {} prompt tokens, {} completion tokens, {}",
                answer.requestId(),
                answer.model(),
                answer.promptTokens(),
                answer.completionTokens(),
                answer.finishReason());
    }

    /** It has none. */
    public static void failed(Failure failure) {
        log.info("request {} failed: {}", failure.requestId(), failure.code().wireName());
    }
}
