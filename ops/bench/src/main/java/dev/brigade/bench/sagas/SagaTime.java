package dev.brigade.bench.sagas;

import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.StageReport;
import java.util.List;

/**
 * Where the time of one completed saga went.
 *
 * @param wholeMs from when the dispatcher took the request to when it decided the terminal
 * @param path the stages that it had to wait for
 */
record SagaTime(long wholeMs, CriticalPath path) {

    /**
     * Reads a completed terminal.
     *
     * @throws IllegalStateException when its report does not tell the times of a stage
     */
    static SagaTime of(Reply reply) {
        OrchestrationReport report = reply.getOrchestration();
        if (report == null) {
            throw new IllegalStateException("a terminal without a report");
        }
        List<StageTime> stages = report.getStages().stream().map(SagaTime::time).toList();
        return new SagaTime(reply.getFinishedAt() - reply.getReceivedAt(), CriticalPath.of(stages));
    }

    /** Everything that is not a model's time. */
    long overheadMs() {
        return wholeMs - path.modelMs();
    }

    double overheadOfAStageMs() {
        return (double) overheadMs() / path.stages().size();
    }

    private static StageTime time(StageReport stage) {
        Long started = stage.getStartedAt();
        Long finished = stage.getFinishedAt();
        if (started == null || finished == null) {
            throw new IllegalStateException("no times of stage " + stage.getStage());
        }
        return new StageTime(stage.getStage(), started, finished, stage.getTotalMs());
    }
}
