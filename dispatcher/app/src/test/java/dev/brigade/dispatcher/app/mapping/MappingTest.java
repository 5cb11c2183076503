package dev.brigade.dispatcher.app.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Message;
import dev.brigade.dispatcher.request.Priority;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Sampling;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.saga.Event;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.Conflict;
import dev.brigade.schema.Cut;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.Position;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.ReleaseState;
import dev.brigade.schema.RetractDraft;
import dev.brigade.schema.Skipped;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.UndoEffect;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Every field finds its place in the contract, and nothing is lost on the way back. */
final class MappingTest {

    private static final Epoch EPOCH = new Epoch(2, 3, "attempt-4");

    @Test
    void aReportIsWrittenWhole() {
        var stage =
                new Report.StageReport(
                        "refine",
                        "judge",
                        "m2",
                        "rejected",
                        3,
                        new Usage(5, 7),
                        11,
                        OptionalDouble.of(0.25),
                        OptionalLong.of(100),
                        OptionalLong.of(111),
                        Optional.of("pipeline/refine@2"),
                        List.of(new Report.Cut("draft", 900, 300)),
                        Optional.of(Code.ENGINE_ERROR),
                        false);
        var report =
                new Report(
                        "ensemble",
                        Optional.of("debate"),
                        Optional.of("T2"),
                        List.of("m1", "m2"),
                        2,
                        OptionalDouble.of(0.5),
                        Optional.of("majority_share"),
                        OptionalDouble.of(0.75),
                        Optional.of("rouge_l"),
                        List.of("agreed"),
                        List.of("flagged"),
                        List.of(
                                new Report.Conflict(
                                        "colour",
                                        List.of(new Report.Position("m1", "answer-1.1", "red")))),
                        List.of("decided"),
                        List.of(new Report.Skipped("critique-2", "deadline")),
                        List.of("undone"),
                        List.of("taken over"),
                        List.of(stage),
                        42,
                        "because");

        OrchestrationReport written = Reports.write(report);

        assertThat(written)
                .isEqualTo(
                        new OrchestrationReport(
                                "ensemble",
                                List.of("m1", "m2"),
                                2,
                                0.5,
                                0.75,
                                List.of(
                                        new StageReport(
                                                "refine",
                                                "m2",
                                                3,
                                                new dev.brigade.schema.Usage(5, 7),
                                                11L,
                                                "judge",
                                                "rejected",
                                                0.25,
                                                100L,
                                                111L,
                                                "pipeline/refine@2",
                                                List.of(new Cut("draft", 900, 300)),
                                                "engine_error",
                                                false)),
                                42L,
                                "because",
                                "debate",
                                "T2",
                                "majority_share",
                                "rouge_l",
                                List.of("agreed"),
                                List.of("flagged"),
                                List.of(
                                        new Conflict(
                                                "colour",
                                                List.of(new Position("m1", "answer-1.1", "red")))),
                                List.of("decided"),
                                List.of(new Skipped("critique-2", "deadline")),
                                List.of("undone"),
                                List.of("taken over")));
    }

    @Test
    void aJobComesBackAsItWent() {
        var job =
                new Job(
                        "r1/draft/2",
                        "r1",
                        "draft",
                        2,
                        "m1",
                        "tenant",
                        Priority.HIGH,
                        new Input.Chat(List.of(Message.of("user", "hello"))),
                        Sampling.DEFAULTS,
                        1_000,
                        3,
                        5,
                        true,
                        Optional.of("trace"),
                        false,
                        true,
                        OptionalInt.of(77));

        assertThat(Jobs.read(Jobs.write(job, 9))).isEqualTo(job);
        assertThat(Jobs.write(job, 9).getBudgetMs()).isEqualTo(9);
    }

    @Test
    void aCheckpointComesBackAsItWent() {
        var answer =
                new Answer(
                        EPOCH, "text", "stop", new Usage(1, 2), new Timings(3, 4, 5), -1, "digest");
        var checkpoint =
                new Checkpoint(
                        "r1",
                        "plan",
                        List.of(new Checkpoint.StageCheckpoint("draft", "m3", answer)));

        assertThat(Checkpoints.read(Checkpoints.write(checkpoint))).isEqualTo(checkpoint);
    }

    @Test
    void aCompensationIsWrittenWithAllItsActions() {
        var compensation =
                new Compensation(
                        "r1/draft",
                        "r1",
                        "draft",
                        "m3",
                        1,
                        2,
                        ReplyStatus.EXPIRED,
                        123,
                        "tenant",
                        4,
                        List.of(
                                new Compensation.RefundTokens(
                                        new Usage(1, 2), OptionalDouble.of(0.5)),
                                new Compensation.ReleaseState("m3"),
                                new Compensation.RetractDraft(EPOCH),
                                new Compensation.UndoEffect("orders.undo")));

        assertThat(Compensations.write(compensation))
                .isEqualTo(
                        new dev.brigade.schema.Compensation(
                                "r1/draft",
                                "r1",
                                "draft",
                                "m3",
                                1,
                                2,
                                "expired",
                                123L,
                                4,
                                "tenant",
                                List.of(
                                        new RefundTokens(new dev.brigade.schema.Usage(1, 2), 0.5),
                                        new ReleaseState("m3"),
                                        new RetractDraft(
                                                new dev.brigade.schema.Epoch(2, 3, "attempt-4")),
                                        new UndoEffect("orders.undo"))));
    }

    @Test
    void whatAParticipantSaysIsCutToTheContractsBound() {
        var record =
                new InferenceEvent(
                        "r1",
                        0L,
                        new CompensationAnswered(
                                "r1/draft", "draft", 2, false, "x".repeat(10_000)));

        assertThat(Events.read(record))
                .isEqualTo(
                        new Event.CompensationAnswered(
                                "r1", "r1/draft", "draft", 2, false, Optional.of("x".repeat(500))));
    }
}
