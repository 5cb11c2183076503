package dev.brigade.rest.imagebatches;

import dev.brigade.client.BatchAnswer;
import dev.brigade.schema.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per batch that somebody waited for: how it ended, never what it showed. */
final class BatchLog {

    private static final Logger log = LoggerFactory.getLogger(BatchLog.class);

    private BatchLog() {}

    static void ended(Reply reply) {
        BatchAnswer.summary(reply)
                .ifPresentOrElse(
                        summary ->
                                log.info(
                                        "batch {} {}: {} of {} images classified, {} failed",
                                        reply.getRequestId(),
                                        BatchStatus.of(reply.getStatus()).word(),
                                        summary.getDone(),
                                        summary.getTotal(),
                                        summary.getFailed()),
                        () ->
                                log.info(
                                        "batch {} {}",
                                        reply.getRequestId(),
                                        BatchStatus.of(reply.getStatus()).word()));
    }
}
