package dev.brigade.dispatcher.app.mapping;

import dev.brigade.dispatcher.request.Compensation;
import dev.brigade.dispatcher.request.Compensation.Action;
import dev.brigade.schema.RefundTokens;
import dev.brigade.schema.ReleaseState;
import dev.brigade.schema.RetractDraft;
import dev.brigade.schema.UndoEffect;
import java.util.Locale;

/** Turns the core's compensations into the contract's. */
public final class Compensations {

    private Compensations() {}

    /** The contract's compensation. */
    public static dev.brigade.schema.Compensation write(Compensation compensation) {
        return new dev.brigade.schema.Compensation(
                compensation.id(),
                compensation.requestId(),
                compensation.stage(),
                compensation.model(),
                compensation.order(),
                compensation.attempt(),
                compensation.reason().name().toLowerCase(Locale.ROOT),
                compensation.atMs(),
                compensation.homePartition(),
                compensation.tenant(),
                compensation.actions().stream().map(Compensations::action).toList());
    }

    private static Object action(Action action) {
        return switch (action) {
            case Compensation.RefundTokens(var usage, var cost) ->
                    new RefundTokens(Measures.write(usage), Nullables.orNull(cost));
            case Compensation.ReleaseState(var model) -> new ReleaseState(model);
            case Compensation.RetractDraft(var epoch) -> new RetractDraft(Measures.write(epoch));
            case Compensation.UndoEffect(var topic) -> new UndoEffect(topic);
        };
    }
}
