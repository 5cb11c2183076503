package dev.brigade.dispatcher.saga;

import dev.brigade.config.Prompt;
import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.plan.Feed;
import dev.brigade.dispatcher.plan.Seat;
import dev.brigade.dispatcher.plan.StageSpec;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.request.Sampling;
import dev.brigade.dispatcher.routing.TokenEstimate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes the job of a stage's dispatch: its input for the model at hand, its sampling and its bound
 * on tokens. The same stage and model give the same input, however often it is sent out.
 */
final class JobWriter {

    private static final int MOST_JUDGE_TOKENS = 512;

    /** An answer that may not have as many is not worth its prompt. */
    private static final int LEAST_ANSWER_TOKENS = 16;

    private final PromptsConfig prompts;
    private final Request request;
    private final long nowMs;

    JobWriter(PromptsConfig prompts, Request request, long nowMs) {
        this.prompts = prompts;
        this.request = request;
        this.nowMs = nowMs;
    }

    /** A job, or why there can be none. */
    sealed interface Written {

        record Ready(Call call, Job job) implements Written {}

        record Refused(Failure failure) implements Written {}
    }

    Written write(
            Feed feed,
            StageSpec spec,
            Seat seat,
            int dispatch,
            long deadlineAtMs,
            Budget.Grant grant) {
        OptionalInt wanted = wantedTokens(spec, seat);
        return switch (new InputWriter(prompts).write(feed, spec, room(seat, grant), wanted)) {
            case InputWriter.Written.Unfit(var failure) ->
                    grant.tokens().orElse(Integer.MAX_VALUE) < seat.windowTokens()
                            ? exhausted(spec)
                            : new Written.Refused(failure);
            case InputWriter.Written.Fit fit ->
                    write(spec, seat, dispatch, fit, deadlineAtMs, grant, wanted);
        };
    }

    private Written write(
            StageSpec spec,
            Seat seat,
            int dispatch,
            InputWriter.Written.Fit input,
            long deadlineAtMs,
            Budget.Grant grant,
            OptionalInt wanted) {
        long promptTokens = TokenEstimate.of(input.input()).total();
        long most = grant.answerTokens(promptTokens, seat.price());
        if (most < Math.min(LEAST_ANSWER_TOKENS, wanted.orElse(LEAST_ANSWER_TOKENS))) {
            return exhausted(spec);
        }
        OptionalInt maxTokens =
                grant.isBounded()
                        ? OptionalInt.of((int) Math.min(most, wanted.orElse(Integer.MAX_VALUE)))
                        : wanted;
        Call call = call(spec, input, deadlineAtMs, grant);
        Sampling sampling = sampling(spec, input.prompt(), maxTokens);
        return new Written.Ready(call, job(spec, seat, dispatch, input.input(), call, sampling));
    }

    private static Written exhausted(StageSpec spec) {
        return new Written.Refused(
                Failure.of(
                        Code.BUDGET_EXHAUSTED,
                        "what is left of the budget is too little for stage " + spec.id()));
    }

    /** Most tokens that the answer should have; empty leaves it to the model. */
    private OptionalInt wantedTokens(StageSpec spec, Seat seat) {
        return switch (spec.kind()) {
            case JUDGE ->
                    OptionalInt.of(
                            Math.max(1, Math.min(MOST_JUDGE_TOKENS, seat.windowTokens() / 2)));
            case EMBED, RANK, LIST -> OptionalInt.of(0);
            case GENERATE, RECONCILE, SYNTHESISE, CLASSIFY -> request.sampling().maxTokens();
        };
    }

    /** A handoff is cut to the budget as it is to the window. */
    private static int room(Seat seat, Budget.Grant grant) {
        return Math.max(1, Math.min(seat.windowTokens(), grant.tokens().orElse(Integer.MAX_VALUE)));
    }

    private Sampling sampling(StageSpec spec, Optional<Prompt> prompt, OptionalInt maxTokens) {
        if (maxTokens.orElse(1) == 0) {
            return Sampling.DEFAULTS;
        }
        Sampling own =
                prompt.flatMap(Prompt::schema).map(Sampling::judging).orElse(request.sampling());
        Sampling bounded = maxTokens.isPresent() ? own.withMaxTokens(maxTokens.getAsInt()) : own;
        return spec.sample().isPresent()
                ? bounded.withChance(warmth(spec), seed(spec.sample().getAsInt()))
                : bounded;
    }

    /** Samples at temperature 0 would all be the same. */
    private double warmth(StageSpec spec) {
        double asked = request.sampling().temperature().orElse(0);
        return asked > 0 ? asked : spec.temperature().orElse(1);
    }

    /** Another for each sample, and the same whenever the history is told again. */
    private long seed(int sample) {
        long first = request.sampling().seed().orElse(request.id().hashCode() & 0x3fff_ffffL);
        return first + sample - 1;
    }

    private Call call(
            StageSpec spec, InputWriter.Written.Fit input, long deadlineAtMs, Budget.Grant grant) {
        return new Call(
                nowMs,
                deadlineAtMs,
                grant.tokens(),
                grant.cost(),
                request.stream()
                        && spec.kind().writes()
                        && (spec.isFinal() || request.streamStages()),
                spec.pin(),
                input.prompt().map(Prompt::reference),
                input.cuts());
    }

    private Job job(
            StageSpec spec, Seat seat, int dispatch, Input input, Call call, Sampling sampling) {
        return new Job(
                Job.idOf(request.id(), spec.id(), dispatch),
                request.id(),
                spec.id(),
                dispatch,
                seat.model(),
                request.tenant(),
                request.priority(),
                input,
                sampling,
                call.deadlineAtMs(),
                request.homePartition(),
                request.replyTo().partition(),
                call.published(),
                request.traceparent(),
                spec.isFinal(),
                call.pinned(),
                call.tokens());
    }
}
