package dev.brigade.dispatcher.app.mapping;

import dev.brigade.contract.error.ErrorCode;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.Timings;
import dev.brigade.dispatcher.request.Usage;
import dev.brigade.dispatcher.saga.Command;
import dev.brigade.schema.OrchestrationReport;
import dev.brigade.schema.ReplyError;
import dev.brigade.schema.ReplyStatus;
import dev.brigade.schema.StageReport;
import dev.brigade.schema.UsageRecord;
import java.util.Optional;

/** Turns the core's terminals into the contract's. */
public final class Replies {

    private Replies() {}

    /** The contract's reply. */
    public static dev.brigade.schema.Reply write(Reply reply) {
        Optional<Answer> answer = reply.answer();
        return dev.brigade.schema.Reply.newBuilder()
                .setRequestId(reply.requestId())
                .setStatus(ReplyStatus.valueOf(reply.status().name()))
                .setModel(reply.model().orElse(null))
                .setText(answer.map(Answer::text).orElse(null))
                .setFinishReason(answer.map(Answer::finishReason).orElse(null))
                .setError(reply.error().map(Replies::error).orElse(null))
                .setOriginalRequestId(reply.originalRequestId().orElse(null))
                .setUsage(usage(reply.usage()))
                .setEpoch(answer.map(Answer::epoch).map(Replies::epoch).orElse(null))
                .setStage(reply.stage().orElse(null))
                .setLastSeq(answer.map(Answer::lastSeq).orElse(-1))
                .setDigest(answer.map(Answer::digest).orElse(null))
                .setReceivedAt(reply.receivedAtMs())
                .setFinishedAt(reply.finishedAtMs())
                .setQueueMs(Nullables.orNull(reply.queueMs()))
                .setTimings(answer.map(Answer::timings).map(Replies::timings).orElse(null))
                .setOrchestration(reply.report().map(Replies::report).orElse(null))
                .setMetadata(reply.metadata())
                .build();
    }

    /** The contract's usage record. */
    public static UsageRecord write(Command.RecordUsage used) {
        return new UsageRecord(
                used.requestId(),
                used.tenant(),
                used.model().orElse(null),
                ReplyStatus.valueOf(used.status().name()),
                usage(used.usage()),
                null,
                used.inferenceMs() / 1000.0,
                used.atMs());
    }

    /** The contract's epoch. */
    public static dev.brigade.schema.Epoch epoch(Epoch epoch) {
        return new dev.brigade.schema.Epoch(epoch.dispatch(), epoch.delivery(), epoch.attemptId());
    }

    private static ReplyError error(Failure failure) {
        String code = failure.code().wireName();
        return new ReplyError(
                code,
                failure.message(),
                failure.param().orElse(null),
                ErrorCode.ofWireName(code).map(ErrorCode::retriable).orElse(false));
    }

    private static dev.brigade.schema.Usage usage(Usage usage) {
        return new dev.brigade.schema.Usage(usage.promptTokens(), usage.completionTokens());
    }

    private static dev.brigade.schema.Timings timings(Timings timings) {
        return new dev.brigade.schema.Timings(
                timings.loadWaitMs(), timings.firstTokenMs(), timings.totalMs());
    }

    private static OrchestrationReport report(Reply.Report report) {
        return new OrchestrationReport(
                report.mode(),
                report.modelsUsed(),
                report.rounds(),
                null,
                null,
                report.stages().stream().map(Replies::stage).toList(),
                report.totalInferenceMs(),
                report.routingReason());
    }

    private static StageReport stage(Reply.StageReport stage) {
        return new StageReport(
                stage.stage(),
                stage.model(),
                stage.attempts(),
                usage(stage.usage()),
                stage.totalMs());
    }
}
