package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Compensation.Action;
import dev.brigade.dispatcher.request.ReplyStatus;
import java.util.ArrayList;
import java.util.List;

/** What undoes the completed stages of a request that ends without an answer. */
final class Compensations {

    private Compensations() {}

    /** One for each stage that the request completed, the newest first. */
    static List<Compensation> of(RequestState state, ReplyStatus reason, long nowMs) {
        var all = new ArrayList<Compensation>();
        for (String id : state.completed().reversed()) {
            StageState stage = state.required(id);
            all.add(
                    new Compensation(
                            Compensation.idOf(state.request().id(), id),
                            state.request().id(),
                            id,
                            stage.model(),
                            all.size(),
                            1,
                            reason,
                            nowMs,
                            state.request().tenant(),
                            state.request().homePartition(),
                            actions(state, stage)));
        }
        return all;
    }

    private static List<Action> actions(RequestState state, StageState stage) {
        Answer answer = stage.answer().orElseThrow();
        var actions = new ArrayList<Action>();
        actions.add(new Compensation.RefundTokens(answer.usage(), Costs.of(state.plan(), stage)));
        if (stage.call().pinned()) {
            actions.add(new Compensation.ReleaseState(stage.model()));
        }
        if (stage.call().published()) {
            actions.add(new Compensation.RetractDraft(answer.epoch()));
        }
        state.charter()
                .compensationTopic()
                .ifPresent(topic -> actions.add(new Compensation.UndoEffect(topic)));
        return actions;
    }

    /** The same, tried once more. */
    static Compensation again(Compensation compensation, long nowMs) {
        return new Compensation(
                compensation.id(),
                compensation.requestId(),
                compensation.stage(),
                compensation.model(),
                compensation.order(),
                compensation.attempt() + 1,
                compensation.reason(),
                nowMs,
                compensation.tenant(),
                compensation.homePartition(),
                compensation.actions());
    }
}
