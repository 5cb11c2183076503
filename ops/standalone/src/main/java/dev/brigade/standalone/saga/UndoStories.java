package dev.brigade.standalone.saga;

import dev.brigade.contract.topic.Topics;
import dev.brigade.schema.Compensation;
import dev.brigade.schema.CompensationAnswered;
import dev.brigade.schema.InferenceEvent;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.ReleaseState;
import dev.brigade.schema.RetractDraft;
import dev.brigade.schema.UndoEffect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was commanded to undo the stages of one request, and what was answered. */
final class UndoStories {

    private static final String ISSUED = "issued";
    private static final String WAITING = "waiting";
    private static final String FAILED = "failed";
    private static final String PARKED = "parked";
    private static final String DONE = "done";

    private final long arrivedAtMs;
    private final Map<String, Compensation> commands = new LinkedHashMap<>();
    private final Map<String, List<Saga.UndoStep>> steps = new LinkedHashMap<>();

    UndoStories(long arrivedAtMs) {
        this.arrivedAtMs = arrivedAtMs;
    }

    /** Takes a command, as it stands in one of the topics. */
    void take(LogEntry entry, Compensation compensation) {
        commands.putIfAbsent(compensation.getCompensationId(), compensation);
        String what =
                switch (entry.topic()) {
                    case Topics.COMPENSATIONS -> ISSUED;
                    case Topics.DEAD_LETTERS -> PARKED;
                    default -> "sent";
                };
        add(
                compensation.getCompensationId(),
                entry.timestampMs(),
                compensation.getAttempt(),
                what,
                Optional.empty());
    }

    /** Takes an event, if it is a participant's answer. */
    void take(InferenceEvent event) {
        if (event.getEvent() instanceof CompensationAnswered answer) {
            add(
                    answer.getCompensationId(),
                    event.getAt(),
                    answer.getAttempt(),
                    answer.getSucceeded() ? DONE : FAILED,
                    Optional.ofNullable(answer.getMessage()));
        }
    }

    /** In the order in which they were issued; answers to what was never commanded are left out. */
    List<Saga.Undo> told() {
        return commands.values().stream()
                .sorted(Comparator.comparingInt(Compensation::getOrder))
                .map(this::told)
                .toList();
    }

    private void add(String id, long atMs, int attempt, String what, Optional<String> message) {
        steps.computeIfAbsent(id, i -> new ArrayList<>())
                .add(new Saga.UndoStep(atMs - arrivedAtMs, attempt, what, message));
    }

    private Saga.Undo told(Compensation compensation) {
        List<Saga.UndoStep> happened =
                steps.getOrDefault(compensation.getCompensationId(), List.of()).stream()
                        .sorted(Comparator.comparingLong(Saga.UndoStep::atMs))
                        .toList();
        Optional<String> topic =
                compensation.getActions().stream()
                        .filter(UndoEffect.class::isInstance)
                        .map(action -> ((UndoEffect) action).getTopic())
                        .findFirst();
        return new Saga.Undo(
                compensation.getCompensationId(),
                compensation.getStage(),
                compensation.getModel(),
                compensation.getOrder(),
                compensation.getReason(),
                compensation.getActions().stream().map(UndoStories::action).toList(),
                topic,
                state(topic, happened),
                happened);
    }

    /**
     * Once done is done, whatever a repeated delivery brings; and what is parked stays so until it
     * is sent again, whatever answers come late.
     */
    private static String state(Optional<String> topic, List<Saga.UndoStep> happened) {
        if (topic.isEmpty()) {
            return ISSUED;
        }
        String state = WAITING;
        for (Saga.UndoStep step : happened) {
            boolean keeps = state.equals(PARKED) && step.what().equals(FAILED);
            if (step.what().equals(DONE)) {
                return DONE;
            }
            state = step.what().equals(ISSUED) || keeps ? state : step.what();
        }
        return state;
    }

    private static String action(Object action) {
        return switch (action) {
            case RefundTokens refund ->
                    "refund %d tokens"
                            .formatted(
                                    refund.getUsage().getPromptTokens()
                                            + refund.getUsage().getCompletionTokens());
            case ReleaseState release -> "release " + release.getModel();
            case RetractDraft retract -> "retract the draft";
            case UndoEffect undo -> "undo the effect by " + undo.getTopic();
            default -> "unknown";
        };
    }
}
