package dev.brigade.dispatcher.batch;

import dev.brigade.dispatcher.request.Answer;
import dev.brigade.dispatcher.request.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the parts that are over have used.
 *
 * @param inferenceMs time of the winning attempts
 * @param cost empty where no model has a price
 * @param attempts over all parts and dispatches
 * @param models that were given a part, in order of first use
 */
public record Spent(
        Usage usage, long inferenceMs, OptionalDouble cost, int attempts, List<String> models) {

    static final Spent NOTHING = new Spent(Usage.NONE, 0, OptionalDouble.empty(), 0, List.of());

    public Spent {
        models = List.copyOf(models);
    }

    /** With the winning attempt of one more part. */
    public Spent plus(Answer answer, OptionalDouble price) {
        return new Spent(
                usage.plus(answer.usage()),
                inferenceMs + answer.timings().totalMs(),
                price.isPresent() ? OptionalDouble.of(cost.orElse(0) + price.getAsDouble()) : cost,
                attempts,
                models);
    }

    /** With what one more part took, however it ended. */
    public Spent tried(int more, List<String> tried) {
        var all = new ArrayList<>(models);
        tried.stream().filter(model -> !all.contains(model)).forEach(all::add);
        return new Spent(usage, inferenceMs, cost, attempts + more, all);
    }
}
