package dev.brigade.dispatcher.app.topology;

import dev.brigade.dispatcher.request.Reply;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One line for each saga that ends, without a word of its texts. */
final class SagaLog {

    private static final Logger LOG = LoggerFactory.getLogger(SagaLog.class);
    private static final String SINGLE = "single";

    private SagaLog() {}

    /** A request of one model call is told at debug level: there may be thousands a second. */
    static void ended(Reply reply) {
        reply.report()
                .ifPresent(report -> {
                    boolean single = report.mode().equals(SINGLE);
                    LOG.atLevel(single ? Level.DEBUG : Level.INFO)
                            .log(
                                    "request {}: {} {} after {} stages and {} ms",
                                    reply.requestId(),
                                    report.mode(),
                                    status(reply),
                                    report.stages().size(),
                                    reply.finishedAtMs() - reply.receivedAtMs());
                });
    }

    private static String status(Reply reply) {
        return reply.error()
                .map(error -> reply.status().name() + " (" + error.code().wireName() + ")")
                .orElse(reply.status().name())
                .toLowerCase(Locale.ROOT);
    }
}
