package dev.brigade.dispatcher.saga;

import dev.brigade.config.Price;
import dev.brigade.dispatcher.plan.Kind;
import dev.brigade.dispatcher.plan.Need;
import dev.brigade.dispatcher.plan.Plan;
import dev.brigade.dispatcher.plan.StageSpec;
import dev.brigade.dispatcher.request.Request;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What is left of a request's time, tokens and cost at one moment, and how it is shared: by weight,
 * among a stage, those beside it and those that are kept something for. Tokens and cost that a
 * running stage has set aside count as spent until it ends.
 */
final class Budget {

    private final RequestState state;
    private final Request request;
    private final Plan plan;
    private final Limits limits;
    private final long nowMs;

    Budget(RequestState state, Limits limits, long nowMs) {
        this.state = state;
        this.request = state.request();
        this.plan = state.plan();
        this.limits = limits;
        this.nowMs = nowMs;
    }

    /** Whether the time is as good as over. */
    boolean landing() {
        return nowMs >= landAtMs();
    }

    /** When what is there is answered. */
    long landAtMs() {
        long allowedMs = request.deadlineAtMs() - request.receivedAtMs();
        return request.deadlineAtMs() - Math.min(limits.landingMs(), Math.max(1, allowedMs / 10));
    }

    /**
     * When a stage that is sent out now must be over; not after now where there is no time left for
     * it.
     *
     * @param ahead what comes after it
     * @param again whether it was sent out before: then only what is required is kept its share
     * @param couldAnswer whether the request could do without it
     */
    long deadlineAtMs(
            StageSpec spec, List<List<String>> ahead, boolean again, boolean couldAnswer) {
        long keptWeight =
                ahead.stream()
                        .mapToLong(group ->
                                group.stream()
                                        .map(plan::spec)
                                        .filter(later -> keeps(later, again))
                                        .mapToInt(StageSpec::weight)
                                        .max()
                                        .orElse(0))
                        .sum();
        long endMs =
                couldAnswer && spec.need() != Need.REQUIRED ? landAtMs() : request.deadlineAtMs();
        return nowMs + (endMs - nowMs) * spec.weight() / (spec.weight() + keptWeight);
    }

    private static boolean keeps(StageSpec later, boolean again) {
        return later.need() == Need.REQUIRED || (later.need() == Need.WANTED && !again);
    }

    /**
     * What is set aside for a stage.
     *
     * @param tokens of prompt and answer; empty where the request sets no bound
     * @param cost likewise
     */
    record Grant(OptionalInt tokens, OptionalDouble cost) {

        /** Most tokens that an answer to such a prompt may have; less than 1 where none may. */
        long answerTokens(long promptTokens, Optional<Price> price) {
            long byTokens =
                    tokens.isPresent() ? tokens.getAsInt() - promptTokens : Integer.MAX_VALUE;
            return cost.isPresent() && price.isPresent()
                    ? Math.min(byTokens, affordable(promptTokens, price.get()))
                    : byTokens;
        }

        private long affordable(long promptTokens, Price price) {
            double left = cost.orElseThrow() - price.of(promptTokens, 0);
            double each = price.of(0, 1);
            if (left < 0) {
                return 0;
            }
            return each == 0 ? Integer.MAX_VALUE : (long) Math.min(Integer.MAX_VALUE, left / each);
        }

        boolean isBounded() {
            return tokens.isPresent() || cost.isPresent();
        }
    }

    /**
     * The share of a stage.
     *
     * @param beside stages that start with it, after it
     * @param ahead what comes after them
     */
    Grant grant(StageSpec spec, List<String> beside, List<List<String>> ahead) {
        int others =
                Stream.concat(beside.stream(), ahead.stream().flatMap(List::stream))
                        .map(plan::spec)
                        .filter(later ->
                                later.need() != Need.OPTIONAL || beside.contains(later.id()))
                        .mapToInt(StageSpec::weight)
                        .sum();
        double share = spec.weight() / (double) (spec.weight() + others);
        return new Grant(
                request.maxTotalTokens().isPresent()
                        ? OptionalInt.of((int) Math.max(0, Math.floor(tokensLeft() * share)))
                        : OptionalInt.empty(),
                request.maxCost().isPresent()
                        ? OptionalDouble.of(Math.max(0, costLeft() * share))
                        : OptionalDouble.empty());
    }

    private long tokensLeft() {
        return request.maxTotalTokens().orElse(Integer.MAX_VALUE) - spentTokens();
    }

    private long spentTokens() {
        return state.stages().stream()
                .mapToLong(
                        stage -> stage.hasJob() ? stage.call().tokens().orElse(0) : tokens(stage))
                .sum();
    }

    private double costLeft() {
        return request.maxCost().orElse(Double.MAX_VALUE)
                - state.stages().stream()
                        .mapToDouble(stage ->
                                stage.hasJob() ? stage.call().cost().orElse(0) : cost(stage))
                        .sum();
    }

    /** Why these side by side, and then those in turn, do not fit, by what was seen so far. */
    Optional<String> misfit(List<String> stages, List<String> then) {
        long ms = most(stages, Budget::tookMs) + total(then, Budget::tookMs);
        if (landing() || nowMs + ms > landAtMs()) {
            return Optional.of("deadline");
        }
        if (request.maxTotalTokens().isPresent()
                && total(stages, Budget::tokens) + total(then, Budget::tokens) > tokensLeft()) {
            return Optional.of("max_total_tokens");
        }
        double cost = totalCost(stages) + totalCost(then);
        return request.maxCost().isPresent() && cost > costLeft()
                ? Optional.of("max_cost")
                : Optional.empty();
    }

    private long most(List<String> stages, ToLongFunction<StageState> figure) {
        return stages.stream().mapToLong(stage -> seen(stage, figure)).max().orElse(0);
    }

    private long total(List<String> stages, ToLongFunction<StageState> figure) {
        return stages.stream().mapToLong(stage -> seen(stage, figure)).sum();
    }

    private double totalCost(List<String> stages) {
        ToDoubleFunction<StageState> figure = this::cost;
        return stages.stream()
                .mapToDouble(stage -> like(stage).mapToDouble(figure).max().orElse(0))
                .sum();
    }

    /** The most that a stage like this one has taken. */
    private long seen(String stage, ToLongFunction<StageState> figure) {
        return like(stage).mapToLong(figure).max().orElse(0);
    }

    private Stream<StageState> like(String stage) {
        boolean judges = plan.spec(stage).kind() == Kind.JUDGE;
        return state.stages().stream()
                .filter(each -> each.answer().isPresent() && !each.resumed())
                .filter(each -> (plan.spec(each.id()).kind() == Kind.JUDGE) == judges);
    }

    private static long tookMs(StageState stage) {
        return stage.endedAtMs().orElse(0) - stage.call().atMs();
    }

    private static long tokens(StageState stage) {
        return Costs.usage(stage).total();
    }

    private double cost(StageState stage) {
        return stage.resumed() ? 0 : Costs.of(plan, stage).orElse(0);
    }
}
