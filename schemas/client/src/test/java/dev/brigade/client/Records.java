package dev.brigade.client;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.contract.reply.TextDigest;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageProgress;
import dev.brigade.schema.Usage;

/** Chunks and replies for tests. */
final class Records {

    static final String ID = "0193a000-0000-7001-8000-000000000001";

    private Records() {}

    static Epoch epoch(int dispatch, int delivery) {
        return new Epoch(dispatch, delivery, "attempt-" + dispatch + "-" + delivery);
    }

    static Chunk chunk(Epoch epoch, int seq, String text) {
        return Chunk.newBuilder()
                .setRequestId(ID)
                .setStage("answer")
                .setEpoch(epoch)
                .setSeq(seq)
                .setText(text)
                .setTokens(1)
                .setModel("m")
                .build();
    }

    static Chunk chunk(String stage, Epoch epoch, int seq, String text) {
        return Chunk.newBuilder(chunk(epoch, seq, text)).setStage(stage).build();
    }

    static Chunk draft(String stage, Epoch epoch, int seq, String text) {
        return Chunk.newBuilder(chunk(stage, epoch, seq, text)).setIsFinal(false).build();
    }

    static Chunk retracted(String stage, Epoch epoch) {
        return Chunk.newBuilder(draft(stage, epoch, 0, "")).setRetracted(true).build();
    }

    static Chunk progress(int seq, int done, int failed, int total) {
        return Chunk.newBuilder(draft("map", new Epoch(0, 0, ""), seq, ""))
                .setProgress(
                        StageProgress.newBuilder()
                                .setDone(done)
                                .setFailed(failed)
                                .setTotal(total)
                                .build())
                .build();
    }

    static Reply completed(Epoch epoch, String text) {
        return reply(ReplyStatus.COMPLETED)
                .setText(text)
                .setModel("m")
                .setFinishReason("stop")
                .setEpoch(epoch)
                .setDigest(TextDigest.of(text))
                .setUsage(new Usage(3, 4))
                .build();
    }

    static Reply failed(ReplyStatus status, ErrorCode code, String param) {
        return reply(status)
                .setError(new ReplyError(code.wireName(), "told so", param, code.retriable()))
                .build();
    }

    static Reply.Builder reply(ReplyStatus status) {
        return Reply.newBuilder()
                .setRequestId(ID)
                .setStatus(status)
                .setReceivedAt(1)
                .setFinishedAt(2);
    }
}
