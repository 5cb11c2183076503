package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.agreement.Likeness;
import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Progress;
import dev.brigade.dispatcher.plan.Standing;
import dev.brigade.dispatcher.request.Report;
import dev.brigade.dispatcher.request.Request;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's state at one moment, as its plan sees it. */
final class View implements Progress {

    private final RequestState state;
    private final Budget budget;
    private final Map<String, StageState> stages = new HashMap<>();
    private final Set<String> skipped = new HashSet<>();

    View(RequestState state, Limits limits, long nowMs) {
        this.state = state;
        this.budget = new Budget(state, limits, nowMs);
        state.stages().forEach(stage -> stages.put(stage.id(), stage));
        state.skipped().stream().map(Report.Skipped::stage).forEach(skipped::add);
    }

    @Override
    public Request request() {
        return state.request();
    }

    @Override
    public Standing standing(String stage) {
        @Nullable StageState known = stages.get(stage);
        if (known == null) {
            return skipped.contains(stage) ? Standing.SKIPPED : Standing.NONE;
        }
        return switch (known.status()) {
            case WAITING, HELD, RELEASED, RUNNING -> Standing.PENDING;
            case DONE -> Standing.DONE;
            case FAILED -> Standing.LOST;
        };
    }

    @Override
    public String text(String stage) {
        return required(stage)
                .answer()
                .orElseThrow(() -> new IllegalStateException(stage + " is not done"))
                .text();
    }

    @Override
    public String model(String stage) {
        return required(stage).model();
    }

    @Override
    public Optional<String> misfit(List<String> stages, List<String> then) {
        return budget.misfit(stages, then);
    }

    @Override
    public int pending() {
        return (int) stages.values().stream().filter(StageState::hasJob).count();
    }

    @Override
    public Tally tally() {
        return state.requiredTally();
    }

    @Override
    public Optional<Likeness> likeness(String stage) {
        return Optional.ofNullable(stages.get(stage)).flatMap(StageState::likeness);
    }

    @Override
    public boolean landing() {
        return budget.landing();
    }

    private StageState required(String stage) {
        @Nullable StageState known = stages.get(stage);
        if (known == null) {
            throw new IllegalStateException("no stage " + stage);
        }
        return known;
    }
}
