package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The undoing of effects outside, after the terminal: newest first, each after the one before it
 * was answered or parked. A participant that fails or is silent is asked again, with the same id,
 * after a pause that doubles; then the compensation is a dead letter and the next one goes.
 */
final class Unwinding {

    private final UndoLimits limits;
    private final long nowMs;
    private final List<Command> commands = new ArrayList<>();

    Unwinding(UndoLimits limits, long nowMs) {
        this.limits = limits;
        this.nowMs = nowMs;
    }

    /** Begins with the newest; empty where there is nothing to undo. */
    Optional<Undoing> begin(String topic, List<Compensation> newestFirst) {
        return next(topic, newestFirst);
    }

    List<Command> commands() {
        return commands;
    }

    Optional<Undoing> answered(Undoing undoing, Event.CompensationAnswered answer) {
        Compensation first = undoing.first();
        if (!answer.compensationId().equals(first.id())) {
            return Optional.of(undoing);
        }
        if (answer.succeeded()) {
            return next(undoing.topic(), rest(undoing));
        }
        boolean current = undoing.awaitsAnswer() && answer.attempt() == first.attempt();
        return current ? failed(undoing, "the participant failed") : Optional.of(undoing);
    }

    Optional<Undoing> timerFired(Undoing undoing) {
        if (nowMs < undoing.dueAtMs()) {
            return Optional.of(undoing);
        }
        return undoing.awaitsAnswer()
                ? failed(undoing, "the participant is silent")
                : Optional.of(send(undoing.topic(), again(undoing)));
    }

    private Optional<Undoing> failed(Undoing undoing, String how) {
        Compensation first = undoing.first();
        if (first.attempt() < limits.maxAttempts()) {
            return Optional.of(
                    new Undoing(
                            undoing.topic(),
                            undoing.pending(),
                            false,
                            nowMs + limits.backoffAfter(first.attempt())));
        }
        String message = "%s, %d times".formatted(how, first.attempt());
        commands.add(
                new Command.ParkCompensation(
                        undoing.topic(), first, Failure.of(Code.COMPENSATION_FAILED, message)));
        return next(undoing.topic(), rest(undoing));
    }

    private Optional<Undoing> next(String topic, List<Compensation> pending) {
        return pending.isEmpty() ? Optional.empty() : Optional.of(send(topic, pending));
    }

    private Undoing send(String topic, List<Compensation> pending) {
        commands.add(new Command.UndoEffect(topic, pending.getFirst()));
        return new Undoing(topic, pending, true, nowMs + limits.answerMs());
    }

    private List<Compensation> again(Undoing undoing) {
        var pending = new ArrayList<>(undoing.pending());
        pending.set(0, Compensations.again(undoing.first(), nowMs));
        return pending;
    }

    private static List<Compensation> rest(Undoing undoing) {
        return undoing.pending().subList(1, undoing.pending().size());
    }
}
