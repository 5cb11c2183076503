package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Reply;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Edges that were taken, of three kinds.
 *
 * <p>Of the request: UNSEEN, CLAIMING, WORKING, UNDOING (its terminal is out, a participant is
 * asked), PAUSING (it is asked again later) and CLOSED, by event; "late" is any event of an open
 * request at or past its deadline.
 *
 * <p>Of a stage: NONE, its status, GONE when it was a part of a batch and is over, and OVER when
 * the request is closed while it has a job; by the event if it is about the stage or is the timer,
 * and else "beside" where the stage changed.
 *
 * <p>Of a plan, by mode: from a stage that has ended, named without its numbers, or "begin", to
 * what the plan then started, skipped or answered.
 */
public final class Visits {

    private final Set<String> taken = new TreeSet<>();

    public Set<String> taken() {
        return Collections.unmodifiableSet(taken);
    }

    public void note(Lifecycle from, Event event, long nowMs, Decision decision) {
        boolean late =
                from instanceof Lifecycle.Open open
                        && nowMs >= open.state().request().deadlineAtMs()
                        && !(event instanceof Event.Unusable);
        String what = late ? "late" : event.getClass().getSimpleName();
        taken.add(place(from) + " " + what + " " + place(decision.next()));
        if (from instanceof Lifecycle.Open open) {
            noteStages(open.state(), event, what, decision);
        }
        notePlan(from, decision, what);
    }

    private static String place(Lifecycle life) {
        return switch (life) {
            case Lifecycle.Unseen _ -> "UNSEEN";
            case Lifecycle.Closed closed ->
                    closed.undoing()
                            .map(undoing -> undoing.awaitsAnswer() ? "UNDOING" : "PAUSING")
                            .orElse("CLOSED");
            case Lifecycle.Open open ->
                    open.state().phase() == RequestState.Phase.CLAIMING ? "CLAIMING" : "WORKING";
        };
    }

    private void noteStages(RequestState before, Event event, String what, Decision decision) {
        Optional<RequestState> after =
                decision.next() instanceof Lifecycle.Open open
                        ? Optional.of(open.state())
                        : Optional.empty();
        for (StageState stage : before.stages()) {
            String from = stage.status().name();
            String to =
                    after.map(state -> standing(state, stage))
                            .orElse(stage.hasJob() ? "OVER" : from);
            boolean named = stageOf(event).filter(stage.id()::equals).isPresent();
            if (named || event instanceof Event.TimerFired || what.equals("late")) {
                taken.add("stage " + from + " " + what + " " + to);
            } else if (!from.equals(to)) {
                taken.add("stage " + from + " beside " + to);
            }
        }
        after.ifPresent(state ->
                state.stages().stream()
                        .filter(stage -> before.stage(stage.id()).isEmpty())
                        .forEach(stage ->
                                taken.add("stage NONE " + what + " " + stage.status().name())));
    }

    /** A part of a batch that is over is gone. */
    private static String standing(RequestState state, StageState before) {
        return state.stage(before.id()).map(stage -> stage.status().name()).orElse("GONE");
    }

    private static Optional<String> stageOf(Event event) {
        return switch (event) {
            case Event.JobReleased released -> Optional.of(released.stage());
            case Event.JobRefused refused -> Optional.of(refused.stage());
            case Event.AttemptStarted started -> Optional.of(started.attempt().stage());
            case Event.AttemptProgressed progressed -> Optional.of(progressed.attempt().stage());
            case Event.AttemptFinished finished -> Optional.of(finished.attempt().stage());
            case Event.AttemptFailed failed -> Optional.of(failed.attempt().stage());
            default -> Optional.empty();
        };
    }

    private void notePlan(Lifecycle from, Decision decision, String what) {
        if (what.equals("late") || what.equals("CancelArrived")) {
            return;
        }
        List<StageState> before =
                from instanceof Lifecycle.Open open ? open.state().stages() : List.of();
        if (decision.next() instanceof Lifecycle.Open open) {
            RequestState state = open.state();
            if (state.stages().equals(before)) {
                return;
            }
            String ended = ended(before, state.stages());
            String begun = begun(before, state);
            if (!ended.equals("begin") || !begun.equals("waits")) {
                taken.add(state.plan().name() + " " + ended + " " + begun);
            }
        } else if (from instanceof Lifecycle.Open open) {
            reply(decision)
                    .ifPresent(reply ->
                            taken.add(
                                    open.state().plan().name()
                                            + " "
                                            + last(reply)
                                            + " "
                                            + end(reply)));
        }
    }

    /** The stages that ended by the event. */
    private static String ended(List<StageState> before, List<StageState> after) {
        String ended =
                before.stream()
                        .filter(StageState::hasJob)
                        .flatMap(old -> ended(old, after).stream())
                        .distinct()
                        .collect(Collectors.joining("+"));
        return ended.isEmpty() ? "begin" : ended;
    }

    /** What a stage has come to, if it is over; a part of a batch is then gone. */
    private static Optional<String> ended(StageState old, List<StageState> after) {
        Optional<StageState> now =
                after.stream().filter(stage -> stage.id().equals(old.id())).findFirst();
        String word =
                now.map(stage -> stage.status() == StageState.Status.DONE ? "done" : "lost")
                        .orElse("over");
        return now.filter(StageState::hasJob).isPresent()
                ? Optional.empty()
                : Optional.of(family(old.id()) + ":" + word);
    }

    private static String begun(List<StageState> before, RequestState after) {
        String begun =
                after.stages().stream()
                        .filter(stage ->
                                before.stream().noneMatch(old -> old.id().equals(stage.id())))
                        .map(stage -> family(stage.id()) + (stage.resumed() ? "(resumed)" : ""))
                        .distinct()
                        .collect(Collectors.joining("+"));
        return begun.isEmpty() ? "waits" : begun;
    }

    /** The stage that ended last before the terminal. */
    private static String last(Reply reply) {
        return reply.report().orElseThrow().stages().stream()
                .filter(stage -> stage.finishedAtMs().isPresent())
                .filter(stage -> stage.finishedAtMs().getAsLong() == reply.finishedAtMs())
                .map(stage ->
                        family(stage.stage())
                                + (stage.status().equals("failed") ? ":lost" : ":done"))
                .reduce((_, last) -> last)
                .orElse("begin");
    }

    private static String end(Reply reply) {
        return reply.stage()
                .map(stage -> "answers-by-" + family(stage))
                .orElseGet(() -> "ends-" + reply.status());
    }

    private static Optional<Reply> reply(Decision decision) {
        return decision.commands().stream()
                .flatMap(command ->
                        command instanceof Command.SendReply send
                                ? Optional.of(send.reply()).stream()
                                : Optional.<Reply>empty().stream())
                .findFirst();
    }

    /** Its name without numbers. */
    private static String family(String stage) {
        int end = stage.length();
        while (end > 0 && "-.0123456789".indexOf(stage.charAt(end - 1)) >= 0) {
            end--;
        }
        return stage.substring(0, end);
    }
}
