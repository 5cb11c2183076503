package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Job;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One event's step of an open request: the state so far and the commands so far, until {@link
 * #decision}. Lives for one call of {@link RequestMachine#decide}.
 */
final class Walk {

    static final Failure TIME_RAN_OUT =
            Failure.of(Code.DEADLINE_EXCEEDED, "the request's time ran out");

    private final Lifecycle.Open before;
    private final Request request;
    private final Limits limits;
    private final Fleet fleet;
    private final long nowMs;
    private final List<Command> commands = new ArrayList<>();
    private RequestState state;
    private Optional<Lifecycle.Closed> closed = Optional.empty();
    private boolean timerIsUnset;

    Walk(Lifecycle.Open before, Limits limits, Fleet fleet, long nowMs) {
        this.before = before;
        this.state = before.state();
        this.request = state.request();
        this.limits = limits;
        this.fleet = fleet;
        this.nowMs = nowMs;
    }

    Decision decision() {
        if (closed.isPresent()) {
            return new Decision(closed.get(), commands);
        }
        setTimer();
        return new Decision(
                state.equals(before.state()) ? before : new Lifecycle.Open(state), commands);
    }

    void claim(String key) {
        commands.add(
                new Command.Claim(request.id(), request.tenant(), key, request.homePartition()));
    }

    void claimGranted() {
        if (state.phase() == RequestState.Phase.CLAIMING) {
            state = state.working();
            advance();
        }
    }

    void claimRefused(String originalRequestId) {
        if (state.phase() != RequestState.Phase.CLAIMING) {
            return;
        }
        if (originalRequestId.equals(request.id())) {
            claimGranted();
            return;
        }
        close(Replies.duplicate(state, originalRequestId, nowMs), "closed");
    }

    void cancel() {
        end(ReplyStatus.CANCELLED, Failure.of(Code.CANCELLED, "the request was cancelled"));
    }

    void expire() {
        end(ReplyStatus.EXPIRED, TIME_RAN_OUT);
    }

    void released(Event.JobReleased event) {
        stageOfJob(event.stage(), event.jobId())
                .ifPresent(stage -> state = state.with(stage.released(nowMs)));
    }

    void refused(Event.JobRefused event) {
        stageOfJob(event.stage(), event.jobId())
                .filter(stage -> stage.status() == StageState.Status.WAITING)
                .ifPresent(stage ->
                        fail(
                                stage,
                                Failure.of(
                                        event.code(),
                                        "the queue of model " + stage.model() + " took no job")));
    }

    /** An attempt has begun or still runs. */
    void alive(Attempt attempt) {
        Optional<StageState> stage = stageOfJob(attempt.stage(), attempt.jobId());
        if (stage.isEmpty()) {
            cancelAttempt(attempt.jobId(), Optional.empty());
            return;
        }
        if (isStale(stage.get(), attempt.epoch())) {
            cancelAttempt(attempt.jobId(), stage.get().epoch());
            return;
        }
        StageState seen = see(stage.get(), attempt.epoch());
        if (seen.attempts() > limits.maxAttempts()) {
            retire(seen, "closed");
            fail(seen, exhausted(seen));
        }
    }

    void finished(Event.AttemptFinished event) {
        newest(event.attempt())
                .ifPresent(stage -> {
                    StageState seen = see(stage, event.attempt().epoch());
                    freeSlot(seen);
                    complete(seen, event.answer());
                });
    }

    void failed(Event.AttemptFailed event) {
        newest(event.attempt())
                .ifPresent(stage -> {
                    StageState seen = see(stage, event.attempt().epoch());
                    freeSlot(seen);
                    recover(event.crashed() ? seen.crashed() : seen, event);
                });
    }

    void timerFired() {
        timerIsUnset = true;
        for (StageState stage : state.stages()) {
            if (closed.isEmpty() && stalled(stage)) {
                retire(stage, "replaced");
                redispatch(stage, false);
            }
        }
    }

    /** Asks the plan until it waits for something or the request is closed. */
    private void advance() {
        switch (state.plan().next(state)) {
            case Plan.Step.Await _ -> {}
            case Plan.Step.Start start ->
                    start.stages()
                            .forEach(id ->
                                    dispatch(StageState.dispatched(id, state.route().model())));
            case Plan.Step.Answered answered ->
                    close(
                            Replies.completed(state, state.required(answered.stage()), nowMs),
                            "closed");
            case Plan.Step.GiveUp giveUp -> giveUp(state.required(giveUp.stage()));
        }
    }

    private void giveUp(StageState stage) {
        Failure failure = stage.failure().orElseThrow();
        boolean neverTaken = failure.code() == Code.QUEUE_FULL && stage.attempts() == 0;
        end(neverTaken ? ReplyStatus.REJECTED : ReplyStatus.FAILED, failure);
    }

    private void complete(StageState stage, Answer answer) {
        state = state.with(stage.done(answer)).withCompleted(stage.id());
        advance();
    }

    private void fail(StageState stage, Failure failure) {
        state = state.with(stage.failed(failure));
        advance();
    }

    /**
     * What a failed attempt leads to. A worker that stopped for a deadline or a cancel of its own
     * is no reason to end the request: both are decided here.
     */
    private void recover(StageState stage, Event.AttemptFailed event) {
        if (stage.crashes() >= limits.maxCrashes()) {
            var crashed =
                    Failure.of(
                            Code.ENGINE_CRASHED,
                            "the engine crashed %d times on it".formatted(stage.crashes()));
            commands.add(new Command.DeadLetter(request.id(), crashed));
            fail(stage, crashed);
        } else if (mayTryAgain(event)) {
            redispatch(stage, true);
        } else {
            fail(stage, Failure.of(event.code(), event.message()));
        }
    }

    private static boolean mayTryAgain(Event.AttemptFailed event) {
        return event.retriable()
                || event.crashed()
                || event.code() == Code.DEADLINE_EXCEEDED
                || event.code() == Code.CANCELLED;
    }

    private void redispatch(StageState stage, boolean modelFailed) {
        if (stage.dispatch() >= limits.maxDispatches()
                || stage.attempts() >= limits.maxAttempts()) {
            fail(stage, exhausted(stage));
        } else {
            dispatch(stage.redispatched(nextModel(stage, modelFailed)));
        }
    }

    /** A model yields to a live alternative that was not tried; an explicit one has none. */
    private String nextModel(StageState stage, boolean modelFailed) {
        if (!modelFailed && fleet.live(stage.model())) {
            return stage.model();
        }
        return state.route().alternatives().stream()
                .filter(model -> fleet.live(model) && !stage.triedModels().contains(model))
                .findFirst()
                .orElse(stage.model());
    }

    private void dispatch(StageState stage) {
        state = state.with(stage);
        commands.add(
                new Command.EnqueueJob(
                        new Job(
                                stage.jobId(request.id()),
                                request.id(),
                                stage.id(),
                                stage.dispatch(),
                                stage.model(),
                                request.tenant(),
                                request.priority(),
                                state.plan().input(state, stage.id()),
                                request.sampling(),
                                request.deadlineAtMs(),
                                request.homePartition(),
                                request.replyTo().partition(),
                                request.stream(),
                                request.traceparent())));
    }

    private void end(ReplyStatus status, Failure failure) {
        state.completed().reversed().stream()
                .flatMap(stage -> state.plan().compensation(state, stage).stream())
                .forEach(commands::add);
        String reason =
                switch (status) {
                    case CANCELLED -> "cancelled";
                    case EXPIRED -> "expired";
                    case COMPLETED, FAILED, REJECTED -> "closed";
                };
        close(Replies.unanswered(state, status, failure, nowMs), reason);
    }

    private void close(Reply reply, String withdrawal) {
        boolean mayRun = false;
        for (StageState stage : state.stages()) {
            if (stage.hasJob()) {
                withdraw(stage, withdrawal);
                mayRun |= stage.hasLeftQueue();
            }
        }
        if (mayRun) {
            commands.add(
                    new Command.CancelAttempt(request.id(), Optional.empty(), Optional.empty()));
        }
        commands.add(new Command.SendReply(reply));
        if (reply.status() != ReplyStatus.REJECTED) {
            commands.add(Replies.usage(state, reply, nowMs));
        }
        Lifecycle.Closed tombstone = RequestMachine.tombstone(reply, limits);
        commands.add(new Command.SetTimer(request.id(), tombstone.forgetAtMs()));
        closed = Optional.of(tombstone);
    }

    /** Ends the present dispatch's job, wherever it is. */
    private void retire(StageState stage, String reason) {
        withdraw(stage, reason);
        cancelAttempt(stage.jobId(request.id()), Optional.empty());
    }

    private void withdraw(StageState stage, String reason) {
        commands.add(new Command.WithdrawJob(stage.model(), stage.jobId(request.id()), reason));
    }

    private void freeSlot(StageState stage) {
        commands.add(new Command.FreeSlot(stage.model(), stage.jobId(request.id())));
    }

    private void cancelAttempt(String jobId, Optional<Epoch> keep) {
        commands.add(new Command.CancelAttempt(request.id(), Optional.of(jobId), keep));
    }

    /** The stage whose present job this is, while it is not over. */
    private Optional<StageState> stageOfJob(String stage, String jobId) {
        return state.stage(stage)
                .filter(StageState::hasJob)
                .filter(found -> found.jobId(request.id()).equals(jobId));
    }

    /** The stage that this attempt may end. */
    private Optional<StageState> newest(Attempt attempt) {
        return stageOfJob(attempt.stage(), attempt.jobId())
                .filter(stage -> !isStale(stage, attempt.epoch()));
    }

    private static boolean isStale(StageState stage, Epoch epoch) {
        return epoch.dispatch() != stage.dispatch()
                || stage.epoch()
                        .filter(known -> !epoch.equals(known) && !epoch.isNewerThan(known))
                        .isPresent();
    }

    /** Notes a sign of life; a newer attempt supersedes the one before. */
    private StageState see(StageState stage, Epoch epoch) {
        Optional<Epoch> known = stage.epoch();
        StageState seen;
        if (known.isPresent() && known.get().equals(epoch)) {
            seen = stage.alive(nowMs);
        } else {
            seen = stage.attempted(epoch, nowMs);
            if (known.isPresent()) {
                cancelAttempt(stage.jobId(request.id()), Optional.of(epoch));
            }
        }
        state = state.with(seen);
        return seen;
    }

    private boolean stalled(StageState stage) {
        return stage.hasLeftQueue()
                && nowMs >= stage.lastSignAtMs().orElseThrow() + limits.stallTimeoutMs();
    }

    private static Failure exhausted(StageState stage) {
        return Failure.of(
                Code.ATTEMPTS_EXHAUSTED,
                "no answer after %d dispatches and %d attempts"
                        .formatted(stage.dispatch(), stage.attempts()));
    }

    /** A timer that is set too early is left: it fires, and is set anew. */
    private void setTimer() {
        long due = request.deadlineAtMs();
        for (StageState stage : state.stages()) {
            if (stage.hasLeftQueue()) {
                due = Math.min(due, stage.lastSignAtMs().orElseThrow() + limits.stallTimeoutMs());
            }
        }
        if (timerIsUnset || due < state.timerAtMs()) {
            state = state.withTimer(due);
            commands.add(new Command.SetTimer(request.id(), due));
        }
    }
}
