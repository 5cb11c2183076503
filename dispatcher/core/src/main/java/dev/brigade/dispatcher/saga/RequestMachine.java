package dev.brigade.dispatcher.saga;

import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.planning.PlanDecision;
import dev.brigade.dispatcher.planning.Planner;
import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.BatchSummary;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The life of one request as a pure function: what has happened so far and what happens now give
 * the next state and what to do. The same history gives the same commands.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A request that was taken leaves {@link Lifecycle.Open} exactly once, with exactly one
 *       {@link Command.SendReply}; its id is not taken again while its tombstone lasts.
 *   <li>Of each stage at most one job may run, the one of its newest dispatch, and of that job only
 *       the newest attempt seen can finish or fail it. Any other attempt that shows signs of life
 *       is told to stop.
 *   <li>Every job that was enqueued is later withdrawn or its place freed.
 *   <li>Past its deadline, by the clock given here, a request can only expire.
 *   <li>Of a request that ends without an answer, every stage that it completed is compensated
 *       once, newest first; of one that is answered, none. Its id is not forgotten before the last
 *       effect outside was undone or parked.
 * </ul>
 */
public final class RequestMachine {

    private final Planner planner;
    private final PromptsConfig prompts;
    private final Limits limits;

    public RequestMachine(Planner planner, PromptsConfig prompts, Limits limits) {
        this.planner = planner;
        this.prompts = prompts;
        this.limits = limits;
    }

    /**
     * What follows from an event.
     *
     * @param current what is stored under the event's request id
     * @param fleet the models as they are known now
     */
    public Decision decide(Lifecycle current, Event event, Fleet fleet, long nowMs) {
        return switch (current) {
            case Lifecycle.Unseen unseen -> unseen(unseen, event, fleet, nowMs);
            case Lifecycle.Open open -> open(open, event, fleet, nowMs);
            case Lifecycle.Closed closed -> closed(closed, event, nowMs);
        };
    }

    private Decision unseen(Lifecycle.Unseen unseen, Event event, Fleet fleet, long nowMs) {
        return switch (event) {
            case Event.RequestArrived arrived -> arrived(arrived.request(), fleet, nowMs);
            case Event.Unusable unusable -> unusable(unusable, nowMs);
            default -> new Decision(unseen, stopWhoRuns(event));
        };
    }

    private Decision closed(Lifecycle.Closed closed, Event event, long nowMs) {
        return switch (event) {
            case Event.Unusable unusable -> new Decision(closed, deadLetter(unusable));
            case Event.CompensationAnswered answer ->
                    unwind(closed, nowMs, (undo, undoing) -> undo.answered(undoing, answer));
            case Event.TimerFired _ when closed.undoing().isPresent() ->
                    timer(unwind(closed, nowMs, Unwinding::timerFired), closed);
            case Event.TimerFired _ when nowMs >= closed.forgetAtMs() ->
                    new Decision(Lifecycle.UNSEEN, List.of());
            case Event.TimerFired _ -> timer(new Decision(closed, List.of()), closed);
            default -> new Decision(closed, stopWhoRuns(event));
        };
    }

    /** Goes on with what is still to be undone. */
    private Decision unwind(
            Lifecycle.Closed closed,
            long nowMs,
            BiFunction<Unwinding, Undoing, Optional<Undoing>> step) {
        if (closed.undoing().isEmpty()) {
            return new Decision(closed, List.of());
        }
        var unwinding = new Unwinding(limits.undoing(), nowMs);
        Optional<Undoing> next = step.apply(unwinding, closed.undoing().get());
        if (next.equals(closed.undoing())) {
            return new Decision(closed, unwinding.commands());
        }
        Lifecycle.Closed changed = closed.undoing(next);
        var commands = new ArrayList<>(unwinding.commands());
        commands.add(new Command.SetTimer(changed.requestId(), changed.timerAtMs()));
        return new Decision(changed, commands);
    }

    /** A timer that fired too early is set anew. */
    private static Decision timer(Decision decision, Lifecycle.Closed before) {
        return decision.next().equals(before)
                ? new Decision(
                        before,
                        List.of(new Command.SetTimer(before.requestId(), before.timerAtMs())))
                : decision;
    }

    /** An attempt nobody waits for is told so. */
    private static List<Command> stopWhoRuns(Event event) {
        return switch (event) {
            case Event.AttemptStarted started -> stop(started.attempt());
            case Event.AttemptProgressed progressed -> stop(progressed.attempt());
            default -> List.of();
        };
    }

    private static List<Command> stop(Attempt attempt) {
        return List.of(
                new Command.CancelAttempt(
                        attempt.requestId(), Optional.of(attempt.jobId()), Optional.empty()));
    }

    private Decision open(Lifecycle.Open open, Event event, Fleet fleet, long nowMs) {
        if (event instanceof Event.Unusable unusable) {
            return new Decision(open, deadLetter(unusable));
        }
        var walk = new Walk(open, limits, prompts, fleet, nowMs);
        if (nowMs >= open.state().request().deadlineAtMs()) {
            walk.expire();
            return walk.decision();
        }
        switch (event) {
            case Event.RequestArrived _, Event.Unusable _, Event.CompensationAnswered _ -> {}
            case Event.CancelArrived _ -> walk.cancel();
            case Event.ClaimGranted granted -> walk.claimGranted(granted.checkpoint());
            case Event.ClaimRefused refused -> walk.claimRefused(refused.originalRequestId());
            case Event.JobReleased released -> walk.released(released);
            case Event.JobRefused refused -> walk.refused(refused);
            case Event.AttemptStarted started -> walk.alive(started.attempt());
            case Event.AttemptProgressed progressed -> walk.alive(progressed.attempt());
            case Event.AttemptFinished finished -> walk.finished(finished);
            case Event.AttemptFailed failed -> walk.failed(failed);
            case Event.TimerFired _ -> walk.timerFired();
        }
        return walk.decision();
    }

    private Decision arrived(Request request, Fleet fleet, long nowMs) {
        if (nowMs >= request.deadlineAtMs()) {
            return refuse(request, ReplyStatus.EXPIRED, Walk.TIME_RAN_OUT, nowMs);
        }
        return switch (planner.plan(request, fleet)) {
            case PlanDecision.Refused(Failure failure) ->
                    refuse(request, ReplyStatus.REJECTED, failure, nowMs);
            case PlanDecision.Planned(Charter charter) -> accept(request, charter, fleet, nowMs);
        };
    }

    private Decision accept(Request request, Charter charter, Fleet fleet, long nowMs) {
        var taken = new Lifecycle.Open(RequestState.taken(request, charter));
        var walk = new Walk(taken, limits, prompts, fleet, nowMs);
        request.idempotencyKey()
                .ifPresentOrElse(walk::claim, () -> walk.claimGranted(Optional.empty()));
        return walk.decision();
    }

    /** The terminal of a request for which no work began. */
    private Decision refuse(Request request, ReplyStatus status, Failure failure, long nowMs) {
        var reply =
                Replies.refused(
                        request.id(),
                        status,
                        request.explicitModel(),
                        failure,
                        request.receivedAtMs(),
                        nowMs,
                        request.metadata(),
                        request.replyTo(),
                        untouched(request.input()));
        return close(reply, List.of());
    }

    private static Optional<BatchSummary> untouched(Input input) {
        return input instanceof Input.ImageBatch batch
                ? Optional.of(BatchSummary.untouched(batch.source().known()))
                : Optional.empty();
    }

    private Decision unusable(Event.Unusable event, long nowMs) {
        var reply =
                Replies.refused(
                        event.requestId(),
                        ReplyStatus.REJECTED,
                        Optional.empty(),
                        event.failure(),
                        event.receivedAtMs(),
                        nowMs,
                        Map.of(),
                        event.replyTo(),
                        Optional.empty());
        return close(reply, deadLetter(event));
    }

    /** A task of a later version is refused, not poison. */
    private static List<Command> deadLetter(Event.Unusable event) {
        return event.failure().code() == Code.UNSUPPORTED_TASK
                ? List.of()
                : List.of(new Command.DeadLetter(event.requestId(), event.failure()));
    }

    private Decision close(Reply reply, List<Command> before) {
        var commands = new ArrayList<>(before);
        commands.add(new Command.SendReply(reply));
        Lifecycle.Closed closed = Closing.tombstone(reply, limits, Optional.empty());
        commands.add(new Command.SetTimer(reply.requestId(), closed.timerAtMs()));
        return new Decision(closed, commands);
    }
}
