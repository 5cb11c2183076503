package dev.brigade.dispatcher.saga;

import dev.brigade.config.Price;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.request.Usage;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What stages used, and what that costs. A stage taken over from an earlier request is free. */
final class Costs {

    private Costs() {}

    static Usage usage(StageState stage) {
        return stage.resumed()
                ? Usage.NONE
                : stage.answer().map(answer -> answer.usage()).orElse(Usage.NONE);
    }

    static Usage usage(RequestState state) {
        return state.stages().stream()
                .map(Costs::usage)
                .reduce(
                        state.tally().map(tally -> tally.spent().usage()).orElse(Usage.NONE),
                        Usage::plus);
    }

    /** Empty where the stage's model has no price. */
    static OptionalDouble of(Plan plan, StageState stage) {
        if (stage.resumed()) {
            return OptionalDouble.empty();
        }
        Usage usage = usage(stage);
        Optional<Price> price = plan.spec(stage.id()).cast().seat(stage.model()).price();
        return price.map(known ->
                        OptionalDouble.of(known.of(usage.promptTokens(), usage.completionTokens())))
                .orElse(OptionalDouble.empty());
    }

    /** Empty where no model has a price. */
    static OptionalDouble of(RequestState state) {
        Stream<OptionalDouble> forgotten =
                state.tally().stream().map(tally -> tally.spent().cost());
        Stream<OptionalDouble> kept = state.stages().stream().map(stage -> of(state.plan(), stage));
        double[] known =
                Stream.concat(forgotten, kept)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .toArray();
        return known.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(known).sum());
    }
}
