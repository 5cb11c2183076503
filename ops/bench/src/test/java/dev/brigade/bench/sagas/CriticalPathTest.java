package dev.brigade.bench.sagas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CriticalPathTest {

    @Test
    void stagesOneAfterAnotherAreAllWaitedFor() {
        CriticalPath path =
                CriticalPath.of(
                        List.of(
                                new StageTime("draft", 10, 60, 45),
                                new StageTime("critique-1", 63, 100, 30),
                                new StageTime("revise-1", 100, 151, 50)));
        assertThat(names(path)).containsExactly("draft", "critique-1", "revise-1");
        assertThat(path.modelMs()).isEqualTo(125);
    }

    @Test
    void ofStagesSideBySideOnlyTheLastToFinishIsWaitedFor() {
        CriticalPath path =
                CriticalPath.of(
                        List.of(
                                new StageTime("answer-1.1", 10, 60, 45),
                                new StageTime("answer-1.2", 11, 90, 70),
                                new StageTime("answer-1.3", 12, 61, 40),
                                new StageTime("reconcile", 93, 140, 40)));
        assertThat(names(path)).containsExactly("answer-1.2", "reconcile");
        assertThat(path.modelMs()).isEqualTo(110);
    }

    @Test
    void whatRanForAPlaceOfAnotherIsOnThePathBehindIt() {
        CriticalPath path =
                CriticalPath.of(
                        List.of(
                                new StageTime("item-1", 0, 50, 50),
                                new StageTime("item-2", 0, 70, 70),
                                new StageTime("item-3", 52, 100, 45)));
        assertThat(names(path)).containsExactly("item-1", "item-3");
    }

    @Test
    void stagesOfNoLengthEndTheSearch() {
        CriticalPath path =
                CriticalPath.of(List.of(new StageTime("a", 5, 5, 0), new StageTime("b", 5, 5, 0)));
        assertThat(names(path)).containsExactly("a", "b");
        assertThatThrownBy(() -> CriticalPath.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void overheadIsWhatTheWholeTookBesideTheModelsOnThePath() {
        SagaTime time =
                SagaTime.of(
                        reply(
                                stage("answer-1.1", 1_010L, 1_060L, 45),
                                stage("answer-1.2", 1_011L, 1_090L, 70),
                                stage("reconcile", 1_093L, 1_140L, 40)));
        assertThat(time.wholeMs()).isEqualTo(150);
        assertThat(time.overheadMs()).isEqualTo(40);
        assertThat(time.overheadOfAStageMs()).isEqualTo(20);
    }

    @Test
    void aReportWithoutTimesIsRefused() {
        assertThatThrownBy(() -> SagaTime.of(reply(stage("answer", null, 1_100L, 10))))
                .hasMessage("no times of stage answer");
    }

    private static List<String> names(CriticalPath path) {
        return path.stages().stream().map(StageTime::stage).toList();
    }

    private static StageReport stage(
            String name, @Nullable Long started, Long finished, long totalMs) {
        return StageReport.newBuilder()
                .setStage(name)
                .setModel("bench")
                .setAttempts(1)
                .setUsage(new Usage(1, 1))
                .setTotalMs(totalMs)
                .setStartedAt(started)
                .setFinishedAt(finished)
                .build();
    }

    private static Reply reply(StageReport... stages) {
        OrchestrationReport report =
                OrchestrationReport.newBuilder()
                        .setMode("debate")
                        .setModelsUsed(List.of("bench"))
                        .setRounds(1)
                        .setStages(List.of(stages))
                        .setTotalInferenceTimeMs(1)
                        .build();
        return Reply.newBuilder()
                .setRequestId("r")
                .setStatus(ReplyStatus.COMPLETED)
                .setReceivedAt(1_000)
                .setFinishedAt(1_150)
                .setOrchestration(report)
                .build();
    }
}
