package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts one batch together from its records, in whatever order topics are read: each part counts
 * once, parts count without gaps, and the batch ends when its terminal and as many parts as that
 * names are there. Not safe for use by many threads.
 */
final class BatchAssembler {

    private int nextPart;
    private int progressSeq = -1;
    private @Nullable BatchProgress progress;
    private @Nullable Reply terminal;

    /**
     * @param firstPart number of the first part that is wanted
     */
    BatchAssembler(int firstPart) {
        nextPart = firstPart;
    }

    /** Number of the part that comes next. */
    int nextPart() {
        return nextPart;
    }

    boolean knowsTerminal() {
        return terminal != null;
    }

    /**
     * Takes a part, in the order of the log; true when it is new.
     *
     * @throws BrigadeException {@code batch_not_found} when earlier parts are kept no longer
     */
    boolean take(String id, ResultPart part) {
        if (part.getPart() > nextPart) {
            throw new BrigadeException(
                    Failure.outcomeUnknown(
                            id,
                            ErrorCode.BATCH_NOT_FOUND,
                            "part %d of the results is past retention".formatted(nextPart)));
        }
        if (part.getPart() < nextPart) {
            return false;
        }
        nextPart++;
        return true;
    }

    /** Takes a chunk; only progress that is newer than what was told counts. */
    void take(Chunk chunk) {
        if (chunk.getProgress() != null && chunk.getSeq() > progressSeq) {
            progressSeq = chunk.getSeq();
            progress = BatchProgress.of(chunk.getProgress());
        }
    }

    /** Progress that was taken since the last call; empty when none was. */
    Optional<BatchProgress> newestProgress() {
        Optional<BatchProgress> newest = Optional.ofNullable(progress);
        progress = null;
        return newest;
    }

    /** Takes the terminal; only the first counts. */
    void end(Reply reply) {
        if (terminal == null) {
            terminal = reply;
        }
    }

    /** How it ended; empty while the terminal or a part is still to come. */
    Optional<BatchEnding> ending() {
        Reply reply = terminal;
        if (reply == null) {
            return Optional.empty();
        }
        Optional<BatchSummary> summary = BatchAnswer.summary(reply);
        int parts = summary.map(BatchSummary::getParts).orElse(0);
        if (nextPart < parts) {
            return Optional.empty();
        }
        if (reply.getStatus() != ReplyStatus.COMPLETED) {
            return Optional.of(failed(reply));
        }
        return Optional.of(
                summary.map(whole -> completed(reply, whole, parts))
                        .orElseGet(() ->
                                failed(reply, ErrorCode.BATCH_NOT_FOUND, "this is no batch")));
    }

    private BatchEnding completed(Reply reply, BatchSummary summary, int parts) {
        if (nextPart > parts) {
            return failed(
                    reply, ErrorCode.INVALID_REQUEST, "the batch has only " + parts + " parts");
        }
        String model = reply.getModel() == null ? "" : reply.getModel();
        return new BatchEnding.Completed(
                new BatchAnswer(reply.getRequestId(), model, summary, reply));
    }

    private static BatchEnding failed(Reply reply) {
        Failure failure = Failure.of(reply);
        String original = reply.getOriginalRequestId();
        return failure.code() == ErrorCode.DUPLICATE_REQUEST && original != null
                ? new BatchEnding.Elsewhere(original, failure)
                : new BatchEnding.Failed(failure);
    }

    private static BatchEnding failed(Reply reply, ErrorCode code, String message) {
        return new BatchEnding.Failed(Failure.told(reply, code, message, null, code.retriable()));
    }
}
