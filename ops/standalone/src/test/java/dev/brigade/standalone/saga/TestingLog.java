package dev.brigade.standalone.saga;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.AttemptFailed;
import dev.brigade.schema.AttemptFinished;
import dev.brigade.schema.AttemptRef;
import dev.brigade.schema.AttemptStarted;
import dev.brigade.schema.ChatInput;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.Epoch;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.InferenceRequest;
import dev.brigade.schema.JobReleased;
import dev.brigade.schema.Message;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.Reply;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.Skipped;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.Timings;
import dev.brigade.schema.UndoEffect;
import dev.brigade.schema.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** The records of one request, written step by step; times are ms after its arrival. */
final class TestingLog {

    static final long ARRIVED = 1_700_000_000_000L;
    static final String TOPIC = "effects";
    static final String SECRET = "the secret question";

    private final String id;
    private final List<LogEntry> entries = new ArrayList<>();

    TestingLog(String id) {
        this.id = id;
    }

    List<LogEntry> entries() {
        return List.copyOf(entries);
    }

    static InferenceRequest request() {
        return InferenceRequest.newBuilder()
                .setInput(
                        new ChatInput(
                                List.of(
                                        new Message("system", "Be brief.", null),
                                        new Message("user", SECRET, null))))
                .setPreset("demo-effects")
                .setDeadlineMs(30_000L)
                .setMaxTotalTokens(900)
                .build();
    }

    TestingLog asked() {
        return add(Topics.REQUESTS, 0, request());
    }

    TestingLog released(String stage, int dispatch, long at) {
        return event(at, new JobReleased(id + "/" + stage + "/" + dispatch, stage, dispatch));
    }

    TestingLog started(String stage, int dispatch, String worker, long at) {
        return event(at, new AttemptStarted(attempt(stage, dispatch, worker)));
    }

    TestingLog finished(String stage, int dispatch, String worker, String text, long at) {
        return event(
                at,
                AttemptFinished.newBuilder()
                        .setAttempt(attempt(stage, dispatch, worker))
                        .setText(text)
                        .setFinishReason("stop")
                        .setUsage(new Usage(10, 5))
                        .setTimings(new Timings(0L, 1L, 2L))
                        .setLastSeq(0)
                        .setDigest("")
                        .build());
    }

    TestingLog failed(String stage, int dispatch, String worker, String code, long at) {
        return event(
                at,
                AttemptFailed.newBuilder()
                        .setAttempt(attempt(stage, dispatch, worker))
                        .setCode(code)
                        .setMessage("it broke")
                        .setRetriable(true)
                        .build());
    }

    TestingLog compensation(String topic, String stage, int order, int attempt, long at) {
        return add(topic, at, compensationOf(id, stage, order, attempt));
    }

    static Compensation compensationOf(String id, String stage, int order, int attempt) {
        return Compensation.newBuilder()
                .setCompensationId(id + "/" + stage)
                .setRequestId(id)
                .setStage(stage)
                .setModel("m")
                .setOrder(order)
                .setAttempt(attempt)
                .setReason("failed")
                .setAt(ARRIVED)
                .setHomePartition(0)
                .setTenant("default")
                .setActions(
                        List.of(new RefundTokens(new Usage(10, 5), null), new UndoEffect(TOPIC)))
                .build();
    }

    TestingLog answered(String stage, int attempt, boolean succeeded, long at) {
        return event(
                at,
                new CompensationAnswered(
                        id + "/" + stage, stage, attempt, succeeded, succeeded ? null : "busy"));
    }

    TestingLog completed(String text, long at, StageReport... stages) {
        return add(
                Topics.REPLIES,
                at,
                reply(ReplyStatus.COMPLETED, at, stages)
                        .setText(text)
                        .setFinishReason("stop")
                        .setStage("refine")
                        .setModel("m")
                        .setUsage(new Usage(30, 15))
                        .build());
    }

    TestingLog failedWhole(String code, long at, StageReport... stages) {
        return add(
                Topics.REPLIES,
                at,
                reply(ReplyStatus.FAILED, at, stages)
                        .setError(new ReplyError(code, "no answer", null, true))
                        .build());
    }

    TestingLog add(String topic, long at, SpecificRecord value) {
        return add(topic, at, value, Map.of());
    }

    TestingLog add(String topic, long at, SpecificRecord value, Map<String, String> headers) {
        entries.add(
                new LogEntry(topic, 0, entries.size(), ARRIVED + at, headers, Optional.of(value)));
        return this;
    }

    private TestingLog event(long at, SpecificRecord event) {
        return add(Topics.EVENTS, at, new InferenceEvent(id, ARRIVED + at, event));
    }

    private AttemptRef attempt(String stage, int dispatch, String worker) {
        String job = id + "/" + stage + "/" + dispatch;
        Epoch epoch = new Epoch(dispatch, 1, worker + dispatch);
        return new AttemptRef(id, stage, job, epoch, worker, "m");
    }

    private Reply.Builder reply(ReplyStatus status, long at, StageReport... stages) {
        OrchestrationReport report =
                OrchestrationReport.newBuilder()
                        .setMode("pipeline")
                        .setRequestedMode("pipeline")
                        .setPreset("demo-effects")
                        .setModelsUsed(List.of("m"))
                        .setRounds(1)
                        .setConfidence(0.9)
                        .setConfidenceMethod("validator_score")
                        .setAgreedPoints(List.of("an agreed sentence of the answer"))
                        .setDecisions(List.of("validate accepted the text"))
                        .setSkipped(List.of(new Skipped("refine-2", "deadline")))
                        .setStages(List.of(stages))
                        .setTotalInferenceTimeMs(40)
                        .build();
        return Reply.newBuilder()
                .setRequestId(id)
                .setStatus(status)
                .setReceivedAt(ARRIVED + 3)
                .setFinishedAt(ARRIVED + at)
                .setOrchestration(report);
    }

    static StageReport report(String stage, String status) {
        return StageReport.newBuilder()
                .setStage(stage)
                .setModel("m")
                .setAttempts(1)
                .setUsage(new Usage(10, 5))
                .setTotalMs(20)
                .setStatus(status)
                .setStartedAt(ARRIVED + 11)
                .setFinishedAt(ARRIVED + 33)
                .setScore(0.75)
                .setPrompt("pipeline/" + stage + "@1")
                .build();
    }
}
