package dev.brigade.dispatcher.saga;

import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.agreement.Likeness;
import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Feed;
import dev.brigade.dispatcher.plan.Need;
import dev.brigade.dispatcher.plan.Step;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Checkpoint;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Epoch;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.ImageResult;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Output;
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
    private final PromptsConfig prompts;
    private final Fleet fleet;
    private final long nowMs;
    private final List<Command> commands = new ArrayList<>();
    private RequestState state;
    private Optional<Lifecycle> closed = Optional.empty();
    private boolean timerIsUnset;

    Walk(Lifecycle.Open before, Limits limits, PromptsConfig prompts, Fleet fleet, long nowMs) {
        this.before = before;
        this.state = before.state();
        this.request = state.request();
        this.limits = limits;
        this.prompts = prompts;
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

    void claimGranted(Optional<Checkpoint> checkpoint) {
        if (state.phase() == RequestState.Phase.CLAIMING) {
            state = state.working();
            checkpoint.ifPresent(from -> state = Resuming.adopt(state, from, limits, nowMs));
            advance();
        }
    }

    void claimRefused(String originalRequestId) {
        if (state.phase() != RequestState.Phase.CLAIMING) {
            return;
        }
        if (originalRequestId.equals(request.id())) {
            claimGranted(Optional.empty());
            return;
        }
        close(closing().duplicate(originalRequestId));
    }

    void cancel() {
        end(ReplyStatus.CANCELLED, Failure.of(Code.CANCELLED, "the request was cancelled"));
    }

    void expire() {
        end(ReplyStatus.EXPIRED, TIME_RAN_OUT);
    }

    void released(Event.JobReleased event) {
        stageOfJob(event.stage(), event.jobId())
                .ifPresent(stage -> {
                    state = state.with(stage.released(nowMs));
                    state.tally().ifPresent(tally -> state = state.with(tally.taken()));
                });
    }

    void refused(Event.JobRefused event) {
        stageOfJob(event.stage(), event.jobId())
                .filter(stage -> stage.status() == StageState.Status.WAITING)
                .ifPresent(stage -> refused(stage, event.code()));
    }

    /** A batch has time: it waits for a place. */
    private void refused(StageState stage, Code code) {
        if (code == Code.QUEUE_FULL && state.tally().isPresent()) {
            state = state.with(stage.held()).with(state.requiredTally().held(nowMs));
        } else {
            fail(stage, Failure.of(code, "the queue of model " + stage.model() + " took no job"));
        }
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
                    misfit(seen, event.answer())
                            .ifPresentOrElse(
                                    failure -> fail(seen, failure),
                                    () -> complete(seen, event.answer()));
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

    private Optional<Failure> misfit(StageState stage, Answer answer) {
        boolean compared = !state.plan().spec(stage.id()).isFinal();
        return state.plan().feed(view(), stage.id()) instanceof Feed.Plain(Input input)
                ? Fitting.misfit(input, answer, compared)
                : Optional.empty();
    }

    void timerFired() {
        timerIsUnset = true;
        if (state.tally().isPresent()) {
            resumeHeld(state.requiredTally());
        }
        endOverdue();
    }

    /** Ends whatever has had its time. */
    private void endOverdue() {
        for (StageState stage : state.stages()) {
            if (closed.isEmpty() && overdue(stage)) {
                retire(stage, "expired");
                runOut(stage);
            } else if (closed.isEmpty() && stalled(stage)) {
                retire(stage, "replaced");
                redispatch(stage, false);
            }
        }
    }

    /** Sends refused jobs to their queue again. */
    private void resumeHeld(Tally tally) {
        if (tally.heldUntilMs().isEmpty() || nowMs < tally.heldUntilMs().getAsLong()) {
            return;
        }
        state = state.with(tally.resumed());
        for (StageState stage : state.stages()) {
            if (stage.status() == StageState.Status.HELD) {
                switch (dispatching().same(stage)) {
                    case JobWriter.Written.Ready(_, var job) -> {
                        state = state.with(stage.queuedAgain());
                        commands.add(new Command.EnqueueJob(job));
                    }
                    case JobWriter.Written.Refused(var failure) -> fail(stage, failure);
                }
            }
        }
        advance();
    }

    /** Asks the plan until it waits for something or the request is closed. */
    private void advance() {
        Step step = Step.AWAIT;
        do {
            step = state.plan().next(view());
            switch (step) {
                case Step.Await _ -> {}
                case Step.Start start -> start(start.stages());
                case Step.Skip skip -> state = state.withSkipped(skip.skipped());
                case Step.Answered answered -> close(closing().answered(answered));
                case Step.Gathered gathered -> close(closing().gathered(gathered));
                case Step.Swept swept -> close(closing().swept(swept));
                case Step.GiveUp giveUp -> giveUp(state.required(giveUp.stage()));
            }
        } while (closed.isEmpty() && !step.equals(Step.AWAIT));
    }

    /** Stages that start together share what there is when they start. */
    private void start(List<String> stages) {
        List<List<String>> ahead = state.plan().ahead(view(), stages);
        beginParts(stages);
        for (int i = 0; i < stages.size(); i++) {
            String id = stages.get(i);
            switch (dispatching().first(id, stages.subList(i + 1, stages.size()), ahead)) {
                case JobWriter.Written.Ready(var call, var job) -> {
                    state = state.with(StageState.dispatched(id, job.model(), call));
                    commands.add(new Command.EnqueueJob(job));
                }
                case JobWriter.Written.Refused(var failure) -> {
                    String model = state.plan().spec(id).cast().first().model();
                    var never = StageState.dispatched(id, model, Call.never(nowMs));
                    note(never.failed(failure, nowMs));
                }
            }
        }
    }

    private void beginParts(List<String> stages) {
        if (state.isPart(stages.getLast())) {
            int begun = Sweep.number(stages.getLast()) + 1;
            state = state.with(state.requiredTally().beginning(begun, nowMs));
        }
    }

    private void giveUp(StageState stage) {
        Failure failure = stage.failure().orElseThrow();
        if (failure.code() == Code.ENGINE_CRASHED) {
            commands.add(new Command.DeadLetter(request.id(), failure));
        }
        boolean refused =
                failure.code() == Code.QUEUE_FULL || failure.code() == Code.BUDGET_EXHAUSTED;
        boolean untouched = state.stages().stream().allMatch(each -> each.attempts() == 0);
        end(refused && untouched ? ReplyStatus.REJECTED : ReplyStatus.FAILED, failure);
    }

    private void complete(StageState stage, Answer answer) {
        if (state.plan().undoes()) {
            state = state.withCompleted(stage.id());
        }
        note(
                likeness(stage, answer)
                        .map(measured -> stage.embedded(answer, measured, nowMs))
                        .orElseGet(() -> stage.done(answer, nowMs)));
        advance();
        if (closed.isEmpty() && view().landing()) {
            // A timer set for now may come too late to answer with what has just come.
            endOverdue();
        }
    }

    /** What is kept of vectors by which answers are compared; those of an answer are the answer. */
    private Optional<Likeness> likeness(StageState stage, Answer answer) {
        boolean compares = !state.plan().spec(stage.id()).isFinal();
        return compares && answer.output().orElse(null) instanceof Output.Embeddings given
                ? Fitting.likeness(given)
                : Optional.empty();
    }

    private void fail(StageState stage, Failure failure) {
        if (state.isPart(stage.id()) && Sweep.ends(failure, state.requiredTally())) {
            state = state.with(stage.failed(failure, nowMs));
            end(ReplyStatus.FAILED, failure);
            return;
        }
        note(stage.failed(failure, nowMs));
        advance();
    }

    /** A stage is over. */
    private void note(StageState ended) {
        if (state.plan() instanceof Sweep sweep && state.isPart(ended.id())) {
            fold(sweep, ended);
            return;
        }
        state = state.with(ended);
        listed(ended).ifPresent(found -> state = state.with(state.requiredTally().listed(found)));
        new Items(state).progress().ifPresent(commands::add);
    }

    private void fold(Sweep sweep, StageState part) {
        var sweeping = new Sweeping(state, sweep, nowMs);
        List<ImageResult> results = sweeping.results(part);
        state = sweeping.fold(part, results);
        commands.addAll(Sweeping.published(state, part, results, nowMs));
    }

    private static Optional<Output.ListedItems> listed(StageState stage) {
        return stage.answer().flatMap(Answer::output).orElse(null)
                        instanceof Output.ListedItems found
                ? Optional.of(found)
                : Optional.empty();
    }

    /**
     * What a failed attempt leads to. A worker that stopped for a deadline or a cancel of its own
     * is no reason to end the request: both are decided here.
     */
    private void recover(StageState stage, Event.AttemptFailed event) {
        if (stage.crashes() >= limits.maxCrashes()) {
            fail(
                    stage,
                    Failure.of(
                            Code.ENGINE_CRASHED,
                            "the engine crashed %d times on it".formatted(stage.crashes())));
        } else if (event.code() == Code.DEADLINE_EXCEEDED) {
            runOut(stage);
        } else if (event.retriable() || event.crashed() || event.code() == Code.CANCELLED) {
            redispatch(stage, true);
        } else {
            fail(stage, Failure.of(event.code(), event.message()));
        }
    }

    /** A stage has used up its share of the time: the request does without it where it can. */
    private void runOut(StageState stage) {
        if (spared(stage)) {
            fail(
                    stage,
                    Failure.of(
                            Code.DEADLINE_EXCEEDED,
                            "stage " + stage.id() + " used up its share of the time"));
        } else {
            redispatch(stage, true);
        }
    }

    private void redispatch(StageState stage, boolean modelFailed) {
        if (stage.dispatch() >= limits.maxDispatches()
                || stage.attempts() >= limits.maxAttempts()) {
            fail(stage, exhausted(stage));
            return;
        }
        switch (dispatching().again(stage, modelFailed)) {
            case JobWriter.Written.Ready(var call, var job) -> {
                state = state.with(stage.redispatched(job.model(), call));
                commands.add(new Command.EnqueueJob(job));
            }
            case JobWriter.Written.Refused(var failure) -> fail(stage, failure);
        }
    }

    private void end(ReplyStatus status, Failure failure) {
        close(closing().unanswered(status, failure));
    }

    private void close(Decision end) {
        commands.addAll(end.commands());
        closed = Optional.of(end.next());
    }

    private Closing closing() {
        return new Closing(state, limits, nowMs);
    }

    private Dispatching dispatching() {
        return new Dispatching(state, limits, prompts, fleet, nowMs);
    }

    private View view() {
        return new View(state, limits, nowMs);
    }

    /** Ends the present dispatch's job, wherever it is. */
    private void retire(StageState stage, String reason) {
        commands.add(new Command.WithdrawJob(stage.model(), stage.jobId(request.id()), reason));
        if (stage.hasLeftQueue()) {
            cancelAttempt(stage.jobId(request.id()), Optional.empty());
        }
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
        return stage.hasLeftQueue() && nowMs >= stallsAtMs(stage);
    }

    private long stallsAtMs(StageState stage) {
        return stage.lastSignAtMs().orElseThrow() + limits.stallTimeoutMs();
    }

    private boolean overdue(StageState stage) {
        return stage.hasJob() && nowMs >= endsAtMs(stage);
    }

    /**
     * When the stage must be over: its deadline, or earlier once the request can land without it.
     */
    private long endsAtMs(StageState stage) {
        long landAtMs = new Budget(state, limits, nowMs).landAtMs();
        boolean lands = stage.call().deadlineAtMs() > landAtMs && spared(stage);
        return lands ? landAtMs : stage.call().deadlineAtMs();
    }

    /** Whether the request could be answered without the stage. */
    private boolean spared(StageState stage) {
        return state.plan().spec(stage.id()).need() != Need.REQUIRED
                && state.plan().couldAnswer(view());
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
        if (state.tally().isPresent()) {
            due = Math.min(due, state.requiredTally().heldUntilMs().orElse(due));
        }
        for (StageState stage : state.stages()) {
            if (stage.hasJob()) {
                due = Math.min(due, endsAtMs(stage));
            }
            if (stage.hasLeftQueue()) {
                due = Math.min(due, stallsAtMs(stage));
            }
        }
        if (timerIsUnset || due < state.timerAtMs()) {
            state = state.withTimer(due);
            commands.add(new Command.SetTimer(request.id(), due));
        }
    }
}
