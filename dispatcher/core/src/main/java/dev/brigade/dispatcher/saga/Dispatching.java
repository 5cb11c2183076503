package dev.brigade.dispatcher.saga;

import dev.brigade.config.PromptsConfig;
import dev.brigade.dispatcher.plan.Cast;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Seat;
import dev.brigade.dispatcher.plan.StageSpec;
import dev.brigade.dispatcher.request.Code;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.routing.Fleet;
import java.util.List;

/** Who takes a stage, until when, and with how much of the budget. */
final class Dispatching {

    private final RequestState state;
    private final Plan plan;
    private final View view;
    private final Budget budget;
    private final PromptsConfig prompts;
    private final Fleet fleet;
    private final long nowMs;

    Dispatching(RequestState state, Limits limits, PromptsConfig prompts, Fleet fleet, long nowMs) {
        this.state = state;
        this.plan = state.plan();
        this.view = new View(state, limits, nowMs);
        this.budget = new Budget(state, limits, nowMs);
        this.prompts = prompts;
        this.fleet = fleet;
        this.nowMs = nowMs;
    }

    /**
     * The first dispatch of a stage.
     *
     * @param beside stages that start with it, after it
     * @param ahead what comes after them
     */
    JobWriter.Written first(String id, List<String> beside, List<List<String>> ahead) {
        StageSpec spec = plan.spec(id);
        return write(spec, firstSeat(spec.cast()), 1, ahead, budget.grant(spec, beside, ahead));
    }

    /** One more dispatch; what was set aside for the stage stays so. */
    JobWriter.Written again(StageState stage, boolean modelFailed) {
        StageSpec spec = plan.spec(stage.id());
        return write(
                spec,
                nextSeat(spec.cast(), stage, modelFailed),
                stage.dispatch() + 1,
                plan.ahead(view, List.of(stage.id())),
                new Budget.Grant(stage.call().tokens(), stage.call().cost()));
    }

    /** The present dispatch's job once more, for a queue that has not taken it. */
    JobWriter.Written same(StageState stage) {
        StageSpec spec = plan.spec(stage.id());
        return write(
                spec,
                spec.cast().seat(stage.model()),
                stage.dispatch(),
                plan.ahead(view, List.of(stage.id())),
                new Budget.Grant(stage.call().tokens(), stage.call().cost()));
    }

    private JobWriter.Written write(
            StageSpec spec, Seat seat, int dispatch, List<List<String>> ahead, Budget.Grant grant) {
        long deadlineAtMs = budget.deadlineAtMs(spec, ahead, dispatch > 1, plan.couldAnswer(view));
        if (deadlineAtMs <= nowMs) {
            return new JobWriter.Written.Refused(
                    Failure.of(Code.DEADLINE_EXCEEDED, "no time is left for stage " + spec.id()));
        }
        return new JobWriter(prompts, state.request(), nowMs)
                .write(plan.feed(view, spec.id()), spec, seat, dispatch, deadlineAtMs, grant);
    }

    /** The chosen model, unless it is down and another one is up. */
    private Seat firstSeat(Cast cast) {
        return cast.seats().stream()
                .filter(seat -> fleet.live(seat.model()))
                .findFirst()
                .orElse(cast.first());
    }

    /** A model yields to a live alternative that was not tried; an explicit one has none. */
    private Seat nextSeat(Cast cast, StageState stage, boolean modelFailed) {
        Seat present = cast.seat(stage.model());
        if (!modelFailed && fleet.live(stage.model())) {
            return present;
        }
        return cast.seats().stream()
                .filter(seat ->
                        fleet.live(seat.model()) && !stage.triedModels().contains(seat.model()))
                .findFirst()
                .orElse(present);
    }
}
