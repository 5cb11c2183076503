package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.schema.StageCheckpoint;

/** Completed stages that a later request may go on from, between the contract and the core. */
public final class Checkpoints {

    private Checkpoints() {}

    /** The contract's checkpoint. */
    public static dev.brigade.schema.Checkpoint write(Checkpoint checkpoint) {
        return new dev.brigade.schema.Checkpoint(
                checkpoint.requestId(),
                checkpoint.plan(),
                checkpoint.stages().stream().map(Checkpoints::write).toList());
    }

    static Checkpoint read(dev.brigade.schema.Checkpoint record) {
        return new Checkpoint(
                record.getRequestId(),
                record.getPlan(),
                record.getStages().stream().map(Checkpoints::read).toList());
    }

    private static StageCheckpoint write(Checkpoint.StageCheckpoint stage) {
        Answer answer = stage.answer();
        return new StageCheckpoint(
                stage.stage(),
                stage.model(),
                Measures.write(answer.epoch()),
                answer.text(),
                answer.finishReason(),
                Measures.write(answer.usage()),
                Measures.write(answer.timings()),
                answer.lastSeq(),
                answer.digest());
    }

    private static Checkpoint.StageCheckpoint read(StageCheckpoint record) {
        return new Checkpoint.StageCheckpoint(
                record.getStage(),
                record.getModel(),
                new Answer(
                        Measures.read(record.getEpoch()),
                        record.getText(),
                        record.getFinishReason(),
                        Measures.read(record.getUsage()),
                        Measures.read(record.getTimings()),
                        record.getLastSeq(),
                        record.getDigest()));
    }
}
