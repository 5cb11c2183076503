package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.saga.Command;
import dev.brigade.schema.Chunk;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.StageProgress;

/** The chunks that the dispatcher itself publishes; those with text are the workers'. */
public final class Chunks {

    private Chunks() {}

    /** Says that a stage's chunks are void. */
    public static Chunk write(Command.RetractDraft retract) {
        return Chunk.newBuilder()
                .setRequestId(retract.requestId())
                .setStage(retract.stage())
                .setEpoch(Measures.write(retract.epoch()))
                .setSeq(0)
                .setText("")
                .setTokens(0)
                .setModel(retract.model())
                .setRetracted(true)
                .setIsFinal(retract.isFinal())
                .build();
    }

    /** Says how far a map or a batch is. Progress is of no attempt; the schema wants an epoch. */
    public static Chunk write(Command.PublishProgress progress) {
        return Chunk.newBuilder()
                .setRequestId(progress.requestId())
                .setStage(progress.stage())
                .setEpoch(new Epoch(1, 1, progress.stage()))
                .setSeq(progress.seq())
                .setText("")
                .setTokens(0)
                .setModel("")
                .setIsFinal(false)
                .setProgress(
                        new StageProgress(
                                progress.done(),
                                progress.failed(),
                                progress.total(),
                                progress.perSecond(),
                                Nullables.orNull(progress.remainingMs())))
                .build();
    }
}
