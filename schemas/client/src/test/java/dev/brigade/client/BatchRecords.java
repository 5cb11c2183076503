package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.schema.BatchSummary;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Classification;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.ImageResult;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.ResultPart;
import dev.brigade.schema.StageProgress;
import java.util.List;
import java.util.Map;

/** Records of batches for tests. */
final class BatchRecords {

    private BatchRecords() {}

    /** A part with one image, whose index is its number. */
    static ResultPart part(int number) {
        return new ResultPart(Records.ID, number, "m", List.of(result(number)), 1L);
    }

    static ImageResult result(int index) {
        return ImageResult.newBuilder()
                .setIndex(index)
                .setClassification(
                        Classification.newBuilder()
                                .setLabel("technical")
                                .setConfidence(0.9)
                                .build())
                .build();
    }

    static Chunk progress(int seq, int done) {
        return Chunk.newBuilder()
                .setRequestId(Records.ID)
                .setStage("batch")
                .setEpoch(new Epoch(0, 0, ""))
                .setSeq(seq)
                .setText("")
                .setTokens(0)
                .setModel("")
                .setIsFinal(false)
                .setProgress(
                        StageProgress.newBuilder()
                                .setDone(done)
                                .setFailed(1)
                                .setTotal(9)
                                .setPerSecond(2.5)
                                .setRemainingMs(done == 0 ? null : 700L)
                                .build())
                .build();
    }

    static Reply completed(int parts) {
        return reply(ReplyStatus.COMPLETED, parts).setModel("m").setText("").build();
    }

    static Reply cancelled(int parts) {
        return reply(ReplyStatus.CANCELLED, parts)
                .setError(new ReplyError("cancelled", "by its sender", null, false))
                .build();
    }

    static Reply duplicateOf(String original) {
        return Reply.newBuilder(
                        Records.failed(
                                ReplyStatus.REJECTED,
                                ErrorCode.DUPLICATE_REQUEST,
                                "idempotency_key"))
                .setOriginalRequestId(original)
                .build();
    }

    private static Reply.Builder reply(ReplyStatus status, int parts) {
        return Records.reply(status)
                .setOutput(
                        BatchSummary.newBuilder()
                                .setTotal(9)
                                .setDone(parts)
                                .setFailed(0)
                                .setLabels(Map.of("technical", (long) parts))
                                .setSeconds(1.5)
                                .setPerSecond(parts / 1.5)
                                .setParts(parts)
                                .build());
    }
}
