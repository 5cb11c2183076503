package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Attempt;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Input;
import dev.brigade.dispatcher.request.Reply;
import dev.brigade.dispatcher.request.ReplyStatus;
import dev.brigade.dispatcher.request.Request;
import dev.brigade.dispatcher.routing.Fleet;
import dev.brigade.dispatcher.routing.Route;
import dev.brigade.dispatcher.routing.Router;
import dev.brigade.dispatcher.routing.RoutingDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * </ul>
 */
public final class RequestMachine {

    private final Router router;
    private final Limits limits;

    public RequestMachine(Router router, Limits limits) {
        this.router = router;
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
            case Event.TimerFired _ when nowMs >= closed.forgetAtMs() ->
                    new Decision(Lifecycle.UNSEEN, List.of());
            case Event.TimerFired _ ->
                    new Decision(
                            closed,
                            List.of(new Command.SetTimer(closed.requestId(), closed.forgetAtMs())));
            default -> new Decision(closed, stopWhoRuns(event));
        };
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
        var walk = new Walk(open, limits, fleet, nowMs);
        if (nowMs >= open.state().request().deadlineAtMs()) {
            walk.expire();
            return walk.decision();
        }
        switch (event) {
            case Event.RequestArrived _, Event.Unusable _ -> {}
            case Event.CancelArrived _ -> walk.cancel();
            case Event.ClaimGranted _ -> walk.claimGranted();
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
        Optional<Failure> unsupported = unsupported(request);
        if (unsupported.isPresent()) {
            return refuse(request, ReplyStatus.REJECTED, unsupported.get(), nowMs);
        }
        return switch (router.route(request, fleet)) {
            case RoutingDecision.Refused refused ->
                    refuse(request, ReplyStatus.REJECTED, refused.failure(), nowMs);
            case RoutingDecision.Routed routed -> accept(request, routed.route(), fleet, nowMs);
        };
    }

    private Decision accept(Request request, Route route, Fleet fleet, long nowMs) {
        var state =
                new RequestState(
                        request,
                        route,
                        new Plan.Single(),
                        RequestState.Phase.CLAIMING,
                        List.of(),
                        List.of(),
                        Long.MAX_VALUE);
        var walk = new Walk(new Lifecycle.Open(state), limits, fleet, nowMs);
        request.idempotencyKey().ifPresentOrElse(walk::claim, walk::claimGranted);
        return walk.decision();
    }

    /** What this dispatcher cannot do yet, whatever the models. */
    private static Optional<Failure> unsupported(Request request) {
        String mode = request.mode().orElse("single");
        if (!mode.equals("single")) {
            return Optional.of(
                    new Failure(
                            Code.UNSUPPORTED_MODE,
                            "orchestration_mode " + mode + " is not supported",
                            Optional.of("orchestration_mode")));
        }
        if (request.preset().isPresent()) {
            return Optional.of(
                    new Failure(
                            Code.UNSUPPORTED_MODE,
                            "presets are not supported",
                            Optional.of("preset")));
        }
        if (request.input() instanceof Input.Embedding) {
            return Optional.of(
                    new Failure(
                            Code.UNSUPPORTED_TASK,
                            "embeddings are not supported",
                            Optional.of("input")));
        }
        return Optional.empty();
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
                        request.replyTo());
        return close(reply, List.of());
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
                        event.replyTo());
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
        Lifecycle.Closed closed = tombstone(reply, limits);
        commands.add(new Command.SetTimer(reply.requestId(), closed.forgetAtMs()));
        return new Decision(closed, commands);
    }

    static Lifecycle.Closed tombstone(Reply reply, Limits limits) {
        return new Lifecycle.Closed(
                reply.requestId(),
                reply.status(),
                reply.error().map(Failure::code),
                reply.finishedAtMs(),
                reply.finishedAtMs() + limits.tombstoneMs());
    }
}
