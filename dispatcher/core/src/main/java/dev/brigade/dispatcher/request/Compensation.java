package dev.brigade.dispatcher.request;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What undoes one completed stage of a request that failed. Participants act once per id, however
 * often they read it.
 *
 * @param id {@code request/stage}
 * @param order 0 is the newest stage, which is undone first
 * @param attempt from 1; only an external effect is tried more than once
 * @param reason how the request ended
 * @param homePartition partition of {@code inference.events} for the answer
 */
public record Compensation(
        String id,
        String requestId,
        String stage,
        String model,
        int order,
        int attempt,
        ReplyStatus reason,
        long atMs,
        String tenant,
        int homePartition,
        List<Action> actions) {

    public Compensation {
        actions = List.copyOf(actions);
        if (attempt < 1 || order < 0) {
            throw new IllegalArgumentException(
                    "attempt %d, order %d of %s".formatted(attempt, order, id));
        }
    }

    public static String idOf(String requestId, String stage) {
        return requestId + "/" + stage;
    }

    /** One thing to undo. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "action")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RefundTokens.class, name = "refund"),
        @JsonSubTypes.Type(value = ReleaseState.class, name = "release"),
        @JsonSubTypes.Type(value = RetractDraft.class, name = "retract"),
        @JsonSubTypes.Type(value = UndoEffect.class, name = "undo")
    })
    public sealed interface Action {}

    /** The stage's tokens are not charged. */
    public record RefundTokens(Usage usage, OptionalDouble cost) implements Action {}

    /** Workers need not keep the model, nor anything of the request, any longer. */
    public record ReleaseState(String model) implements Action {}

    /** Readers drop the stage's published text. */
    public record RetractDraft(Epoch epoch) implements Action {}

    /** A participant outside undoes its effect; it reads the topic and answers. */
    public record UndoEffect(String topic) implements Action {}
}
