package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.ReplyTo;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Terminals. */
final class Replies {

    private Replies() {}

    /** The terminal of a record for which no work began. */
    static Reply refused(
            String requestId,
            ReplyStatus status,
            Optional<String> model,
            Failure failure,
            long receivedAtMs,
            long nowMs,
            Map<String, String> metadata,
            ReplyTo replyTo) {
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
                replyTo);
    }

    static Reply completed(RequestState state, StageState stage, long nowMs) {
        long receivedAtMs = state.request().receivedAtMs();
        OptionalLong queueMs =
                stage.startedAtMs().isPresent()
                        ? OptionalLong.of(
                                Math.max(0, stage.startedAtMs().getAsLong() - receivedAtMs))
                        : OptionalLong.empty();
        return reply(
                state,
                ReplyStatus.COMPLETED,
                stage.model(),
                Optional.of(stage.id()),
                stage.answer(),
                Optional.empty(),
                Optional.empty(),
                queueMs,
                nowMs);
    }

    static Reply unanswered(RequestState state, ReplyStatus status, Failure failure, long nowMs) {
        return reply(
                state,
                status,
                lastModel(state),
                Optional.empty(),
                Optional.empty(),
                Optional.of(failure),
                Optional.empty(),
                OptionalLong.empty(),
                nowMs);
    }

    static Reply duplicate(RequestState state, String originalRequestId, long nowMs) {
        return reply(
                state,
                ReplyStatus.REJECTED,
                lastModel(state),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new Failure(
                                Code.DUPLICATE_REQUEST,
                                "the idempotency key belongs to an earlier request",
                                Optional.of("idempotency_key"))),
                Optional.of(originalRequestId),
                OptionalLong.empty(),
                nowMs);
    }

    static Command.RecordUsage usage(RequestState state, Reply reply, long nowMs) {
        return new Command.RecordUsage(
                reply.requestId(),
                state.request().tenant(),
                reply.model(),
                reply.status(),
                reply.usage(),
                inferenceMs(state),
                nowMs);
    }

    private static Reply reply(
            RequestState state,
            ReplyStatus status,
            String model,
            Optional<String> stage,
            Optional<Answer> answer,
            Optional<Failure> error,
            Optional<String> originalRequestId,
            OptionalLong queueMs,
            long nowMs) {
        Request request = state.request();
        return new Reply(
                request.id(),
                status,
                Optional.of(model),
                stage,
                answer,
                error,
                originalRequestId,
                usage(state),
                request.receivedAtMs(),
                nowMs,
                queueMs,
                Optional.of(report(state)),
                request.metadata(),
                request.replyTo());
    }

    private static Reply.Report report(RequestState state) {
        return new Reply.Report(
                state.plan().name(),
                state.stages().stream()
                        .flatMap(stage -> stage.triedModels().stream())
                        .distinct()
                        .toList(),
                1,
                state.stages().stream().map(Replies::stageReport).toList(),
                inferenceMs(state),
                state.route().reason());
    }

    private static Reply.StageReport stageReport(StageState stage) {
        return new Reply.StageReport(
                stage.id(),
                stage.model(),
                stage.attempts(),
                stage.answer().map(Answer::usage).orElse(Usage.NONE),
                stage.answer().map(answer -> answer.timings().totalMs()).orElse(0L));
    }

    private static Usage usage(RequestState state) {
        return answers(state).stream().map(Answer::usage).reduce(Usage.NONE, Usage::plus);
    }

    private static long inferenceMs(RequestState state) {
        return answers(state).stream().mapToLong(answer -> answer.timings().totalMs()).sum();
    }

    private static List<Answer> answers(RequestState state) {
        return state.stages().stream().flatMap(stage -> stage.answer().stream()).toList();
    }

    private static String lastModel(RequestState state) {
        return state.stages().isEmpty() ? state.route().model() : state.stages().getLast().model();
    }
}
