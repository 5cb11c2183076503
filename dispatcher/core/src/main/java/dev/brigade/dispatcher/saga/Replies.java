package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Fanout;
import dev.brigade.dispatcher.plan.Outcome;
import dev.brigade.dispatcher.plan.Progress;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Output;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Terminals of one request at one moment. */
final class Replies {

    private final RequestState state;
    private final Progress progress;
    private final long nowMs;

    Replies(RequestState state, Progress progress, long nowMs) {
        this.state = state;
        this.progress = progress;
        this.nowMs = nowMs;
    }

    /** The terminal of a record for which no work began. */
    static Reply refused(
            String requestId,
            ReplyStatus status,
            Optional<String> model,
            Failure failure,
            long receivedAtMs,
            long nowMs,
            Map<String, String> metadata,
            ReplyTo replyTo,
            Optional<BatchSummary> summary) {
        return new Reply(
                requestId,
                status,
                model,
                Optional.empty(),
                Optional.empty(),
                Optional.of(failure),
                Optional.empty(),
                Usage.NONE,
                receivedAtMs,
                nowMs,
                OptionalLong.empty(),
                Optional.empty(),
                metadata,
                replyTo,
                List.of(),
                OptionalDouble.empty(),
                summary);
    }

    /** A stage's text is the answer. */
    Reply completed(StageState stage, Outcome outcome) {
        long receivedAtMs = state.request().receivedAtMs();
        OptionalLong queueMs =
                stage.startedAtMs().isPresent()
                        ? OptionalLong.of(
                                Math.max(0, stage.startedAtMs().getAsLong() - receivedAtMs))
                        : OptionalLong.empty();
        return reply(
                ReplyStatus.COMPLETED,
                stage.model(),
                Optional.of(stage.id()),
                stage.answer(),
                Optional.empty(),
                Optional.empty(),
                queueMs,
                List.of(),
                report(outcome, List.of()));
    }

    /** The results of a map's stages are the answer. */
    Reply gathered(List<String> stages, Outcome outcome) {
        var items = new Items(state);
        return reply(
                ReplyStatus.COMPLETED,
                lastModel(),
                Optional.of(Fanout.STAGE),
                Optional.of(items.whole()),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                items.results(stages),
                report(outcome, List.of()));
    }

    /** Every part of a batch is over; its results were published with them. */
    Reply swept(Outcome outcome) {
        return reply(
                ReplyStatus.COMPLETED,
                lastModel(),
                Optional.of(Sweep.STAGE),
                Optional.of(Items.whole(state, Sweep.STAGE, state.requiredTally().published())),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                report(outcome, List.of()));
    }

    /** There is no answer; {@code compensated} are the stages that are undone, newest first. */
    Reply unanswered(ReplyStatus status, Failure failure, List<String> compensated) {
        return reply(
                status,
                lastModel(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(failure),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                report(Outcome.NONE, compensated));
    }

    Reply duplicate(String originalRequestId) {
        var failure =
                new Failure(
                        Code.DUPLICATE_REQUEST,
                        "the idempotency key belongs to an earlier request",
                        Optional.of("idempotency_key"));
        return reply(
                ReplyStatus.REJECTED,
                lastModel(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(failure),
                Optional.of(originalRequestId),
                OptionalLong.empty(),
                List.of(),
                report(Outcome.NONE, List.of()));
    }

    Command.RecordUsage usage(Reply reply) {
        return new Command.RecordUsage(
                reply.requestId(),
                state.request().tenant(),
                reply.model(),
                reply.status(),
                reply.usage(),
                Reports.inferenceMs(state),
                nowMs,
                reply.cost(),
                images(reply));
    }

    /** How many were classified. */
    private static int images(Reply reply) {
        boolean one = reply.output().orElse(null) instanceof Output.Classification;
        return reply.summary().map(BatchSummary::done).orElse(one ? 1 : 0);
    }

    private Report report(Outcome outcome, List<String> compensated) {
        return new Reports(state, progress).report(outcome, compensated);
    }

    private Reply reply(
            ReplyStatus status,
            String model,
            Optional<String> stage,
            Optional<Answer> answer,
            Optional<Failure> error,
            Optional<String> originalRequestId,
            OptionalLong queueMs,
            List<Reply.ItemResult> items,
            Report report) {
        Request request = state.request();
        return new Reply(
                request.id(),
                status,
                Optional.of(model),
                stage,
                answer,
                error,
                originalRequestId,
                Costs.usage(state),
                request.receivedAtMs(),
                nowMs,
                queueMs,
                Optional.of(report),
                request.metadata(),
                request.replyTo(),
                items,
                Costs.of(state),
                state.tally().map(Tally::summary));
    }

    private String lastModel() {
        List<String> forgotten =
                state.tally().map(tally -> tally.spent().models()).orElse(List.of());
        if (!forgotten.isEmpty()) {
            return forgotten.getLast();
        }
        return state.stages().isEmpty()
                ? state.charter().model()
                : state.stages().getLast().model();
    }
}
