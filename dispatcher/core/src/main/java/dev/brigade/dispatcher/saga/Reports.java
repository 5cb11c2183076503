package dev.brigade.dispatcher.saga;

import dev.brigade.dispatcher.batch.Tally;
import dev.brigade.dispatcher.plan.Charter;
import dev.brigade.dispatcher.plan.Kind;
import dev.brigade.dispatcher.plan.Outcome;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.Progress;
import dev.brigade.dispatcher.plan.StageSpec;
import dev.brigade.dispatcher.plan.Sweep;
import dev.brigade.dispatcher.request.Failure;
import dev.brigade.dispatcher.request.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How a request's end came about, from its stages. */
final class Reports {

    private final RequestState state;
    private final Progress progress;

    Reports(RequestState state, Progress progress) {
        this.state = state;
        this.progress = progress;
    }

    Report report(Outcome outcome, List<String> compensated) {
        Charter charter = state.charter();
        return new Report(
                charter.plan().name(),
                charter.requestedMode(),
                charter.preset(),
                modelsUsed(),
                charter.plan().rounds(progress),
                outcome.confidence(),
                outcome.confidenceMethod(),
                outcome.agreement(),
                outcome.agreementMethod(),
                outcome.agreedPoints(),
                outcome.flaggedPoints(),
                outcome.conflicts(),
                decisions(outcome),
                state.skipped(),
                compensated,
                state.stages().stream().filter(StageState::resumed).map(StageState::id).toList(),
                stages(),
                inferenceMs(state),
                charter.routingReason());
    }

    static long inferenceMs(RequestState state) {
        return state.stages().stream()
                        .filter(stage -> !stage.resumed())
                        .mapToLong(Reports::totalMs)
                        .sum()
                + state.tally().map(tally -> tally.spent().inferenceMs()).orElse(0L);
    }

    /** Those of a batch's parts as one. */
    private List<Report.StageReport> stages() {
        return Stream.concat(
                        state.stages().stream()
                                .filter(stage -> !state.isPart(stage.id()))
                                .map(this::stage),
                        state.tally().stream().map(this::parts))
                .toList();
    }

    private Report.StageReport parts(Tally tally) {
        boolean over = tally.total() > 0 && tally.done() + tally.failed() == tally.total();
        int open =
                state.stages().stream()
                        .filter(stage -> state.isPart(stage.id()))
                        .mapToInt(StageState::attempts)
                        .sum();
        return new Report.StageReport(
                Sweep.STAGE,
                Kind.CLASSIFY.wireName(),
                modelsUsed().isEmpty() ? state.charter().model() : modelsUsed().getLast(),
                over ? "done" : "abandoned",
                tally.spent().attempts() + open,
                tally.spent().usage(),
                tally.spent().inferenceMs(),
                OptionalDouble.empty(),
                tally.begunAtMs(),
                tally.published() > 0 ? OptionalLong.of(tally.lastAtMs()) : OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                true);
    }

    private List<String> modelsUsed() {
        return Stream.concat(
                        state.tally().stream().flatMap(tally -> tally.spent().models().stream()),
                        state.stages().stream().flatMap(stage -> stage.triedModels().stream()))
                .distinct()
                .toList();
    }

    private List<String> decisions(Outcome outcome) {
        var decisions = new ArrayList<>(state.charter().decisions());
        decisions.addAll(outcome.decisions());
        return decisions;
    }

    private Report.StageReport stage(StageState stage) {
        Plan plan = state.plan();
        StageSpec spec = plan.spec(stage.id());
        return new Report.StageReport(
                stage.id(),
                spec.kind().wireName(),
                stage.model(),
                status(stage),
                stage.attempts(),
                Costs.usage(stage),
                totalMs(stage),
                plan.score(progress, stage.id()),
                stage.startedAtMs(),
                stage.endedAtMs(),
                stage.call().prompt(),
                stage.call().cuts(),
                stage.failure().map(Failure::code),
                spec.isFinal());
    }

    private String status(StageState stage) {
        return switch (stage.status()) {
            case WAITING, HELD, RELEASED, RUNNING -> "abandoned";
            case DONE -> state.plan().rejected(progress, stage.id()) ? "rejected" : "done";
            case FAILED -> "failed";
        };
    }

    private static long totalMs(StageState stage) {
        return stage.answer().map(answer -> answer.timings().totalMs()).orElse(0L);
    }
}
